"""A report that fell due is held back, looked at, let go, and disposed of by somebody else, with scripts and without."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.present import present
from tests import make
from tests.cast import hire, the_cast
from tests.journeys.officer import Officer


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def test_two_people_see_a_case_off_and_a_certificate_stays(screen: Officer) -> None:
    cast = the_cast()
    hire("Pia", "connect", data_protection_officer=[])
    long_ago = present() - timedelta(days=500)
    report = make.make_report(cast.iris, now=long_ago)
    redirect_report(
        case=report,
        outcome="not_domestic_abuse",
        reason="A rehearsal",
        by=cast.carys,
        now=long_ago + timedelta(hours=1),
    )

    # The lead holds it back, lifts the hold, and lets it go.
    screen.sign_in("carys@connect.example")
    screen.go("/retention")
    screen.look("retention")
    screen.follow(report.reference)
    screen.reads("It fell due, and is to be looked at")
    screen.look("retention-case")
    screen.press("Hold it back")
    screen.press("Hold it back")
    screen.reads("Say why it is held back")
    screen.look("hold-back")
    screen.type("Why is it held back?", "A claim against the contractor.")
    screen.press("Hold it back")
    screen.reads("It is held back.")
    screen.look("retention-case-held")
    screen.go("/retention?show=held")
    screen.follow(report.reference)
    screen.follow("Lift it")
    screen.type("Why is it lifted?", "Settled.")
    screen.look("lift-hold")
    screen.press("Lift it")
    screen.press("Look at it")
    screen.press("Go on")
    screen.reads("Say what becomes of it")
    screen.look("review-disposal")
    screen.choose("What becomes of it?", "Let it go: somebody else can dispose of it")
    screen.type("Why?", "Nobody has asked since.")
    screen.press("Go on")
    screen.reads("You have let it go.")
    screen.sign_out()

    # The data protection officer disposes of it, and has a certificate.
    screen.sign_in("pia@connect.example")
    screen.go("/retention?show=marked")
    screen.follow(report.reference)
    screen.press("Dispose of it")
    screen.look("dispose")
    screen.type("Type the reference of the case", report.reference)
    screen.press("Dispose of it")
    screen.reads("It is disposed of.")
    screen.reads("1 year from its closure")
    screen.look("certificate")
    screen.go("/retention/disposed")
    screen.reads(report.reference)
    screen.look("disposed")
    screen.go(f"/cases/{report.reference}")
    screen.reads("Page not found")
