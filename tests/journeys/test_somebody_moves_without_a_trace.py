"""Somebody moves without a trace: asked for, authorised by another, the list gone through, a letter; the old household sees nothing."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.present import present
from tests import homes, make
from tests.cast import the_cast
from tests.journeys.officer import Officer

if TYPE_CHECKING:
    from fanlight.casework.models import Case, Staff
    from tests.cast import Cast

NEW = "Quillfeather House"


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def answer_the_rest(case: "Case", by: "Staff") -> None:
    """This function will answer for the systems of a move that are left, as the page does."""
    move = case.moves.get()
    for step in move.steps.filter(answers=None):
        answer_move_step(case=case, number=move.pk, step=step.number, answer="done", by=by, now=present())


def test_a_move_leaves_no_trace(screen: Officer) -> None:
    cast: Cast = the_cast()
    case: Case = make.make_case(cast)
    old = homes.a_home(1)
    together = homes.a_tenancy(old)
    for name, part in (("Maria Novak", "person_at_risk"), ("Piotr Novak", "causing_harm")):
        person = homes.a_person(name)
        homes.lives_in(person, old, tenancy=together, holds=True, imported_as="as it came")
        homes.a_part(case, person, part, cast.asha)

    # The caseworker asks for it.
    screen.sign_in("asha@connect.example")
    screen.go(f"/cases/{case.reference}")
    screen.follow("Moves and protected addresses")
    screen.reads("Nobody in this case has moved without a trace")
    screen.press("Ask for a move")
    screen.press("Ask for it")
    screen.reads("Say who moves")
    screen.look("ask-for-move")
    screen.choose("Who moves?", "Maria Novak, Survivor")
    screen.type("Why must it leave no trace?", "He has said that he will find her.")
    screen.type("New address, if it is known", f"Flat 9, {NEW}\nZephyr Lane\nZZ9 9QQ")
    screen.choose("Is post to the new address safe?", "Yes")
    screen.press("Ask for it")
    screen.reads("It waits for somebody else to authorise it.")
    screen.reads(NEW)
    screen.look("move-asked")
    screen.sign_out()

    # Somebody else authorises it, and does not learn where.
    screen.sign_in("carys@connect.example")
    screen.go("/duties")
    screen.reads("1 move or protected address waits for you to decide")
    screen.go("/moves")
    screen.reads("Waits to be authorised")
    screen.look("moves")
    screen.follow(f"Case {case.reference}")
    screen.reads("A protected address: ask Asha")
    screen.does_not_read(NEW)
    screen.press("Authorise it, or not")
    screen.press("Go on")
    screen.reads("Say whether you authorise it")
    screen.look("decide-on-move")
    screen.choose("Do you authorise it?", "Yes")
    screen.press("Go on")
    screen.reads("It is authorised. Now go through the list.")
    screen.sign_out()

    # The list is gone through, one by one.
    screen.sign_in("asha@connect.example")
    screen.go("/moves")
    screen.follow(f"Case {case.reference}")
    screen.follow("Answer")
    screen.look("move-step")
    screen.choose("Is it done?", "Not needed")
    screen.type("What was done, or why it is not needed", "They pay by the week.")
    screen.press("Save")
    screen.reads("Authorised: to be carried out, 12 of 13 left")
    answer_the_rest(case, cast.asha)
    screen.go(f"/cases/{case.reference}/moves")
    screen.look("case-moves")
    screen.go(f"/cases/{case.reference}/moves/{case.moves.get().pk}")
    screen.look("move-answered")
    screen.press("The move is done")
    screen.press("It is done")
    screen.reads("The move is done.")
    screen.follow("Who named them")
    screen.look("known-to")

    # A letter goes where she is, in words that say nothing.
    screen.go(f"/cases/{case.reference}/letters")
    screen.follow("Please ring us: Maria Novak")
    screen.type("Telephone number to ring", "01632 960000")
    screen.type("When somebody answers", "9am to 5pm on weekdays")
    screen.look("write-letter")
    screen.press("Write it")
    screen.reads("The letter is written.")
    screen.look("letters")
    with screen.page.expect_download() as downloaded:
        screen.page.get_by_role("link", name="Open it (PDF)").click()
    assert downloaded.value.suggested_filename == "letter.pdf"
    screen.sign_out()

    # Who does not see the case finds nobody at the old home, and nothing of the new one.
    screen.sign_in("eve@connect.example")
    screen.go(f"/register/homes/{old.pk}")
    screen.reads("Piotr Novak")
    screen.does_not_read("Maria")
    screen.does_not_read(NEW)
    screen.look("old-home")
    screen.sign_out()

    # Long after, the address is protected no longer: one asks, another decides, and it is said for good.
    screen.sign_in("asha@connect.example")
    screen.go(f"/cases/{case.reference}/moves")
    screen.follow("Lift the protection")
    screen.look("ask-to-lift")
    screen.type("Why need it be protected no longer?", "He has died.")
    screen.choose("Do they want it?", "Yes")
    screen.press("Ask for it")
    screen.reads("It waits for somebody else to decide.")
    screen.sign_out()
    screen.sign_in("carys@connect.example")
    screen.go("/moves")
    screen.reads("Addresses to be protected no longer")
    screen.look("moves-lifting")
    screen.follow(f"Case {case.reference}")
    screen.does_not_read(NEW)
    screen.look("decide-on-lifting")
    screen.choose("What do you decide?", "Lift it")
    screen.press("Go on")
    screen.reads("The address is protected no longer.")
    screen.reads(NEW)
    screen.look("lifted")
