"""Risk is assessed: a screen at a time, the power goes, the rest on one page; what is not known and would decide; the trend."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.complete_assessment import complete_assessment
from tests import make
from tests.cast import the_cast
from tests.journeys.officer import Officer
from tests.risk import answers, plain

if TYPE_CHECKING:
    from fanlight.casework.models import Case
    from tests.cast import Cast


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def test_risk_is_assessed_item_by_item_and_the_trend_is_drawn(screen: Officer) -> None:
    cast: Cast = the_cast()
    case: Case = make.make_case(cast)
    add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.carys, now=make.later(minutes=20))
    for days, count in ((1, 6), (5, 8)):
        complete_assessment(
            case=case,
            instrument="dash",
            answers=answers("dash", plain(count)),
            judged_high=False,
            reason="As far as she told us.",
            by=cast.asha,
            now=make.later(days=days),
        )
    make.make_entry(case, "incident", cast.asha, now=make.later(days=9))

    screen.sign_in("asha@connect.example")
    screen.go(f"/cases/{case.reference}")
    screen.follow("Risk assessments")
    screen.reads("Our policy asks for a new one.")
    screen.look("assessments-renew")
    screen.follow("One item at a time")
    screen.reads("They are not the questions of the DASH risk checklist")
    screen.choose("Injury, now or lately", "Yes")
    screen.look("assess-step")
    screen.press("Save, and next")
    screen.choose("Strangling, choking", "Don't know")
    screen.press("Save, and next")
    # The power goes before the third is saved.
    screen.choose("Weapons", "No")
    screen.go(f"/cases/{case.reference}/assessments")
    screen.reads("You have begun: 2 of 24 answered")
    screen.follow("Go on, all on one page")
    if screen.scripts:
        # The power goes on this page too, a few seconds after an answer.
        screen.choose("Weapons", "Yes")
        screen.page.get_by_text("Kept at").wait_for()
        screen.go(f"/cases/{case.reference}/assessments")
        screen.reads("You have begun: 3 of 24 answered")
        screen.follow("Go on, all on one page")
    for radio in screen.page.locator('input[type="radio"][value="no"]').all()[2:]:
        radio.check()
    screen.look("assess-whole")
    screen.press("Save, and check")
    screen.reads("One answer is “don't know” and would change the grade if it were yes")
    screen.look("assess-check")
    screen.choose("In your professional judgement, is the risk high?", "Yes")
    screen.press("Put it on the record")
    screen.reads("Give the reason for your judgement, whichever way it is")
    screen.look("assess-check-wrong")
    screen.type("What is your reason?", "She has not slept at home since, and he knows where she is.")
    screen.type("How many incidents were reported", "3")
    screen.press("Put it on the record")
    screen.reads("The assessment is on the record.")
    screen.reads("High risk.")

    screen.follow("Risk assessments")
    screen.reads("Superseded")
    screen.does_not_read("Our policy asks for a new one.")
    screen.look("assessments")
    screen.go(f"/cases/{case.reference}/assessments/{case.assessments.order_by('-sequence')[0].sequence}")
    screen.reads("raised by judgement")
    screen.look("assessment")
    screen.go(f"/cases/{case.reference}/assessments")
    screen.follow("Another agency has made one")
    screen.press("Put it on the record")
    screen.reads("Say how we know that it was made")
    screen.look("assess-other")
    screen.type("Which agency made it?", "The police")
    screen.choose("How do we know that it was made?", "The agency told us that it was made")
    screen.press("Put it on the record")
    screen.go(f"/cases/{case.reference}/assessments")
    screen.reads("Theirs")
    screen.look("assessments-theirs")
