"""People decide who may: a role by two of them, a deputy, somebody set aside, a case opened in an emergency and its review."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.cast import Cast, the_cast
from tests.journeys.officer import Officer

if TYPE_CHECKING:
    from fanlight.casework.models import Case


def test_a_role_takes_two_a_deputy_stands_in_and_an_emergency_is_reviewed(page: Page, live_server: LiveServer) -> None:
    cast: Cast = the_cast()
    case: Case = make.make_case(cast)
    screen = Officer(page, live_server.url, scripts=True)

    # An administrator asks for a role, and names a deputy for somebody who is away.
    screen.sign_in("huw@connect.example")
    screen.go("/staff")
    screen.look("staff")
    screen.follow("Bronwen")
    screen.follow("Give them a role")
    screen.press("Go on")
    screen.reads("Say which role")
    screen.look("ask-for-role")
    screen.choose("Which role?", "Line manager")
    screen.press("Go on")
    screen.reads("It waits for somebody else to approve it.")
    screen.look("staff-member")
    screen.follow("Name a deputy")
    screen.choose("Who stands in?", "Carys, Director of Neighbourly Places (safeguarding and domestic abuse lead)")
    screen.press("Name them")
    screen.reads("Enter the first day")
    screen.look("deputy")
    screen.sign_out()

    # The lead approves it, sets somebody aside, and lets them back in.
    screen.sign_in("carys@connect.example")
    screen.go("/staff")
    screen.follow("Bronwen: Line manager")
    screen.look("decide-on-role")
    screen.choose("Should they have this role?", "Yes, grant it")
    screen.press("Go on")
    screen.reads("They have the role from their next page on.")
    screen.go(f"/cases/{case.reference}")
    screen.follow("Who is kept from it")
    screen.choose("Who?", "Farah")
    screen.type("Why?", "She plays in the same team as one of them.")
    screen.press("Set them aside")
    screen.reads("The case does not exist for them any more.")
    screen.look("kept-from")
    screen.follow("Let back in: Farah")
    screen.type("Why?", "It was another Farah.")
    screen.look("let-back-in")
    screen.press("Let them back in")
    screen.reads("They are let back in.")
    screen.sign_out()

    # An officer of another patch needs the case now.
    cast.bronwen.roles.filter(role="line_manager").delete()
    screen.sign_in("bronwen@connect.example")
    screen.go("/emergency")
    screen.type("Reference of the case", "CO-1999-000001")
    screen.choose("What makes it an emergency?", "Somebody is in danger, or may be before the day is out")
    screen.type("Why do you need this case now?", "She rang from a neighbour's, and Asha cannot be reached.")
    screen.press("Open it")
    screen.reads("We cannot open a case with that reference for you")
    screen.look("emergency")
    screen.type("Reference of the case", case.reference)
    screen.press("Open it")
    screen.reads("Open to you in an emergency, until")
    screen.look("case-in-an-emergency")
    screen.follow("I am related to somebody in it")
    screen.look("related")
    screen.sign_out()

    # The lead is told, and reviews it.
    screen.sign_in("carys@connect.example")
    screen.go("/duties")
    screen.reads("1 case was opened in an emergency.")
    screen.look("told-of-an-emergency")
    screen.follow("Review it")
    screen.look("emergencies")
    screen.follow("Bronwen opened")
    screen.reads("She rang from a neighbour's")
    screen.look("review-emergency")
    screen.choose("Was it right to open it?", "It was right")
    screen.press("Save the review")
    screen.reads("Nothing waits for a review.")
    screen.look("reviewed")
