"""What she wants and what is planned: seen in private, her words in view, what she chose, a plan agreed, a copy that is safe to keep."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.add_part import add_part
from tests import make
from tests.cast import the_cast
from tests.journeys.officer import Officer

if TYPE_CHECKING:
    from fanlight.casework.models import Case
    from tests.cast import Cast


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def test_what_she_wants_leads_to_a_plan_that_she_agrees(screen: Officer) -> None:
    cast: Cast = the_cast()
    case: Case = make.make_case(cast)
    add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=make.later(hours=1))
    screen.sign_in("asha@connect.example")

    # She is seen, and what is not right about it is said before it is saved.
    screen.go(f"/cases/{case.reference}")
    screen.reads("Nobody has written down what they want.")
    screen.follow("Interviews")
    screen.press("Record an interview")
    screen.look("interview")
    screen.choose("Was it in private?", "Yes")
    screen.choose("Were children present?", "Yes")
    screen.choose("Was there an interpreter?", "No interpreter")
    screen.choose("Whom did you reach, and how?", "Maria Novak: in person, away from any home")
    screen.press("Put it on the record")
    screen.reads("A child was there.")
    screen.look("interview-not-right")
    screen.choose("Were children present?", "No")
    screen.press("Put it on the record")
    screen.reads("It is on the record.")
    screen.look("interviews")

    # What she wants stands at the head of every page from then on.
    screen.go(f"/cases/{case.reference}/wishes")
    screen.type("What do they want, in their own words?", "I want to keep my home, and him gone from it.")
    screen.press("Put it on the record")
    screen.reads("Their words stand on every page of the case.")
    screen.reads("I want to keep my home, and him gone from it.")
    screen.look("wishes-in-view")

    # What she chose has the policy's own menu.
    screen.follow("Pathways")
    screen.press("They have chosen")
    screen.look("choice")
    screen.choose("What do they want to do?", "End the relationship and stay in the home")
    screen.press("Put it on the record")
    screen.reads("Ending the relationship and staying in the home")
    screen.look("pathways")
    screen.follow("Was it offered?")
    screen.choose("What became of it?", "Declined")
    screen.press("Put it on the record")
    screen.reads("Declined")

    # A plan that she agrees, and a copy that is safe for her to keep.
    screen.go(f"/cases/{case.reference}/plans")
    screen.press("Write an action plan down")
    screen.look("action-plan")
    first = screen.page.get_by_role("group", name="1", exact=True)
    first.get_by_label("What is to be done").fill("Change the locks")
    first.get_by_label("We do", exact=True).check()
    screen.choose("Have they agreed it?", "Yes")
    screen.press("Put it on the record")
    screen.reads("The plan is on the record.")
    screen.follow("Is it done?")
    screen.choose("Is it done?", "Done")
    screen.press("Save it")
    screen.go(f"/cases/{case.reference}/plans")
    screen.press("Write a safety plan down")
    screen.look("safety-plan")
    screen.type("If I am in danger now", "Ring 999. The word for my sister is the weather.")
    screen.choose("Have they agreed it?", "Yes")
    screen.choose("Have they said that it is safe for them to keep a copy?", "Yes")
    screen.press("Put it on the record")
    screen.follow("Give or send them one")
    screen.look("copy-plan")
    screen.choose("Do they say now that it is safe for them to keep it?", "Yes")
    screen.choose("How does it reach them?", "In person, away from any home")
    screen.press("Make the copy")
    screen.reads("The copy is made.")
    screen.go(f"/cases/{case.reference}/plans")
    screen.reads("Change the locks")
    screen.look("plans")
