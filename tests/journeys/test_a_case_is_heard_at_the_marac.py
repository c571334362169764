"""A case is heard at a MARAC: it is put on the list, what we know goes there, what we are asked to do is done, minutes stand apart."""

from datetime import timedelta

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.models import MaracListing
from fanlight.present import LONDON, present
from tests import homes
from tests.cast import hire
from tests.journeys.grounds import say_why_it_may_go
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of
from tests.meetings import held


def test_what_we_know_reaches_the_marac_and_what_it_asks_of_us_is_done(page: Page, live_server: LiveServer) -> None:
    lena = hire("Lena Vale", "connect", safeguarding_lead=[])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    case = case_of(lena, asha)
    homes.a_part(case, homes.a_person("Maria Tandy"), "person_at_risk", asha)
    homes.a_part(case, homes.a_person("Piotr Zelenka"), "causing_harm", asha)
    meets = (present() + timedelta(days=10)).astimezone(LONDON)

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(lena.email)
    screen.turn_to("MARAC")
    screen.press("Enter a meeting")
    screen.look("new-marac-meeting")
    screen.choose("Of which area?", "Kirklees")
    when = page.get_by_role("group", name="When does it meet?")
    for place, typed in (("Day", meets.day), ("Month", meets.month), ("Year", meets.year), ("Time", "10:00")):
        when.get_by_label(place).fill(str(typed))
    screen.press("Save")
    screen.reads("Specialist domestic abuse team, by clause 4")
    screen.press("Put a case on the list")
    screen.type("Reference of our case", case.reference)
    screen.choose("Who brought it to the MARAC?", "Another agency")
    screen.press("Put it on the list")
    screen.reads("Not sent yet")
    screen.look("marac-meeting")
    screen.sign_out()

    screen.sign_in(asha.email)
    screen.turn_to("MARAC")
    screen.reads(f"Send the MARAC what we know of case {case.reference}")
    screen.look("marac")
    screen.follow(f"Send the MARAC what we know of case {case.reference}")
    screen.look("return-research")
    screen.choose("How does it get to them?", "Secure e-mail")
    page.get_by_role("group", name="Maria Tandy, Survivor").get_by_label("Name: Maria Tandy").check()
    say_why_it_may_go(screen, "Maria Tandy, Survivor")
    screen.press("Read what would go")
    screen.press("It goes like this")
    screen.reads("Sent, not yet confirmed")
    screen.turn_to("MARAC")
    screen.reads("Nothing waits for you before the next meeting.")
    assert MaracListing.objects.get().share is not None

    meeting = held(case, by=lena, owner=asha, now=present(), word="Look at the back door.")
    screen.go("/duties")
    screen.reads("The MARAC gave you 2 things to do.")
    screen.follow("Look at them")
    page.get_by_role("link", name="Look at the back door.", exact=True).first.click()
    screen.look("marac-action")
    screen.choose("Is it done?", "Done")
    screen.type("What was done, or why can it not be?", "A new lock, and a light above it.")
    screen.press("Save")
    screen.go(f"/marac/meetings/{meeting}")
    screen.reads("Done: A new lock, and a light above it.")
    screen.look("marac-meeting-held")
    screen.does_not_read("Minutes")
    screen.sign_out()

    screen.sign_in(lena.email)
    screen.go(f"/marac/meetings/{meeting}")
    screen.press("Minutes")
    screen.reads("You see them because you were there.")
    screen.look("marac-minutes")
    screen.go("/marac/figures")
    screen.reads("Done in time")
    screen.look("marac-figures")
