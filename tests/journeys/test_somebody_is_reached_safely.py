"""Ways are written down, an unsafe call is refused, a safe one says how, and a welfare check waits when nobody answers."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.add_part import add_part
from fanlight.present import present
from tests.cast import hire
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of

UNSAFE, SAFE = "07700 900456", "07700 900789"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_unsafe_call_is_refused_a_safe_one_is_made_and_a_welfare_check_waits(
    page: Page, page_without_javascript: Page, live_server: LiveServer, scripts: bool
) -> None:
    lena = hire("Lena Vale", "connect", line_manager=["Kirklees North"])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    case = case_of(lena, asha)
    add_part(case=case, name="Maria Novak", part="person_at_risk", by=asha, now=present())
    screen = Officer(page if scripts else page_without_javascript, live_server.url, scripts=scripts)

    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}")
    screen.reads("Not known is not safe")
    screen.follow("All ways")
    screen.press("Add a way")
    screen.look("say-way")
    screen.choose("Which way is it?", "Telephone")
    screen.type("The number or address", UNSAFE)
    screen.choose("Is it safe?", "Not safe")
    screen.press("Write it down")
    screen.reads("The way is written down.")
    screen.press("Add a way")
    screen.choose("Which way is it?", "Telephone")
    screen.type("The number or address", SAFE)
    screen.choose("Is it safe?", "Safe")
    screen.press("Write it down")
    screen.reads("Only they can say that it is safe.")
    screen.choose("Did they say so themselves, just now?", "Yes")
    screen.type("What do you say?", "It is about the boiler.")
    screen.press("Write it down")
    screen.look("ways")

    # The call that must not be made.
    screen.go(f"/cases/{case.reference}")
    screen.look("case")
    screen.follow("Reach them")
    screen.choose("How do you reach them, or did you?", f"Telephone {UNSAFE}: not safe")
    screen.press("May I?")
    screen.reads("No, not so")
    screen.reads("That way is not safe.")
    screen.look("refused")
    screen.choose("What came of it?", "We spoke")
    screen.press("Put it on the record")
    screen.reads("Not safe. That way is not safe.")

    # The one that may be.
    screen.choose("How do you reach them, or did you?", f"Telephone {SAFE}: safe")
    screen.press("May I?")
    screen.reads("Yes, you may")
    screen.reads("Say: It is about the boiler.")
    screen.look("reach")
    for _ in range(3):
        screen.choose("How do you reach them, or did you?", f"Telephone {SAFE}: safe")
        screen.choose("What came of it?", "No answer")
        screen.press("Put it on the record")
        screen.reads("It is on the record.")
        screen.reads("By telephone, a way that was safe.")
        screen.follow("Reach them")
    screen.reads("Tried 3 of 3 times without an answer.")
    screen.sign_out()

    screen.sign_in(lena.email)
    screen.go("/duties/team")
    screen.reads("People to be seen to")
    screen.look("team-duties")
    screen.follow("A welfare check")
    screen.look("welfare-check")
    screen.choose("What came of the welfare check?", "They were seen, and are safe for now")
    screen.type("What was done, and what follows?", "The police saw her at the school.")
    screen.press("Put it on the record")
    screen.reads("It waits for nobody any more.")
    screen.reads("They were seen, and are safe for now.")
    screen.sign_out()
