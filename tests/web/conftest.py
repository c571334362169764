"""What the tests of the pages share: the cast, a case with everything in it, and somebody signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from fanlight.casework.models import Case, Staff
    from tests.cast import Cast

NOW = datetime(2026, 3, 3, 12, 30, tzinfo=ZoneInfo("Europe/London"))
"""Three hours after the morning on which the tests' cases begin."""


@pytest.fixture
def cast(db: None) -> Cast:
    """This function will put the cast into the database."""
    from tests.cast import the_cast

    return the_cast()


@pytest.fixture(autouse=True)
def the_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[datetime], None]]:
    """This function will stop the clock of the pages, and give a way to set it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("fanlight.casework.web.middleware.present", lambda: moment)

    set_to(NOW)
    yield set_to


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's, in which Eve is named and a hand-over is not received."""
    from fanlight.casework.actions.add_part import add_part
    from tests import make

    case = make.make_case(cast, children=True)
    add_part(
        case=case,
        name="Maria Novak",
        part="person_at_risk",
        safe_contact="Mornings only.",
        phone="07700 900123",
        by=cast.carys,
        now=make.later(minutes=20),
    )
    add_part(
        case=case,
        name="Eve",
        part="witness",
        staff_email=cast.eve.email,
        by=cast.carys,
        now=make.later(minutes=21),
    )
    make.make_entry(case, "referral", cast.asha, now=make.later(minutes=30), to="marac")
    return make.fresh(case)


@pytest.fixture
def report(cast: Cast) -> Case:
    """This function will make a new report of Iris's, which nobody has looked at."""
    from tests import make

    return make.make_report(cast.iris, now=make.later(hours=1), note="She heard him on the stairs.")


@pytest.fixture
def as_() -> Callable[[Staff | None], Client]:
    """This function will give a browser in which somebody is signed in, or nobody."""
    from django.test import Client

    from fanlight.casework.web import middleware
    from tests.cast import let_in

    def browser(staff: Staff | None) -> Client:
        fresh = Client(HTTP_HOST="localhost")
        if staff is not None:
            let_in(fresh, staff, middleware.present())
        return fresh

    return browser
