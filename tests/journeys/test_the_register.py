"""A home and a tenant are looked at in the register, what helps them is written down, and answers for monitoring stand apart."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.cast import the_cast
from tests.housing import PEOPLE, bring_in, home_of, the_register, write_export
from tests.journeys.officer import Officer


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def test_what_staff_learn_stands_beside_what_the_housing_system_says(screen: Officer, tmp_path: Path) -> None:
    cast = the_cast()
    rows = the_register()
    rows["people"][0] = {**PEOPLE["maria"], "Mobile": "07700 900123", "Language": "Polish", "Interpreter needed": "No"}
    bring_in(write_export(tmp_path, rows), cast.huw)

    screen.sign_in("asha@connect.example")
    screen.go("/register")
    screen.reads("It says nothing of any case.")
    screen.look("register")
    screen.go(f"/register/homes/{home_of('H1').pk}")
    screen.reads("QA1 1AA")
    screen.look("register-home")
    screen.follow("Maria Quillbeck")
    screen.reads("Telephone ends in 123")
    screen.look("register-person")
    screen.follow("Change what helps")
    screen.look("change-person")
    screen.type("Which language do they speak best?", "Ukrainian")
    screen.type("What helps when you speak or write to them?", "By text message, and slowly.")
    screen.press("Save")
    screen.reads("It is saved, and stands whatever the housing system says.")
    screen.reads("the housing system says “Polish”")
    rows["people"][0]["Language"] = "Russian"
    bring_in(write_export(tmp_path, rows), cast.huw, now=make.later(days=1))
    screen.follow("Answers for monitoring")
    screen.reads("Nobody has to answer any of this.")
    screen.choose("Do you have a disability or a long-term condition?", "Prefer not to say")
    screen.look("equality")
    screen.press("Save")
    screen.reads("It is saved, and stands on no other page.")
    screen.go(f"/register/homes/{home_of('H1').pk}")
    screen.follow("Maria Quillbeck")
    screen.reads("the housing system says “Russian”")
    screen.look("register-person-differs")
