"""The demo: a small one is loaded whole, by the write path, with nothing set aside but what its stories tell of."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from fanlight.casework.access import can, roles_of
from fanlight.casework.commands.check_projections import differences_of
from fanlight.casework.commands.load_landlords import load_landlord
from fanlight.casework.demo import load, people
from fanlight.casework.demo.cast import CAST, PASSWORD
from fanlight.casework.demo.load import PROCEDURES
from fanlight.casework.landlords import landlord_folders, settings_of
from fanlight.casework.models import Case, Entry, Log, Part, Staff
from fanlight.casework.queries.story import written
from fanlight.casework.queries.unusual import unusual
from fanlight.casework.queries.who_saw import LONDON, Period, what_was_refused
from fanlight.present import present

DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}|0113 496 0\d{3}|020 7946 0\d{3}")


def quietly(_landlord: str, _steps: int) -> Callable[[], None]:
    """This function will stand in for the progress bar."""
    return lambda: None


@pytest.fixture
def now() -> datetime:
    """This function will give the moment for which the demo is made: the present one, which the check compares with."""
    return present()


@pytest.fixture
def loaded(db: None, now: datetime) -> None:
    """This function will load a demo of three cases a landlord."""
    for landlord in PROCEDURES:
        load_landlord(landlord)
    load.tell(list(PROCEDURES), 3, now, quietly)


def test_every_landlord_with_a_policy_has_a_cast_in_which_every_role_is_held() -> None:
    assert set(CAST) == set(PROCEDURES) == set(landlord_folders())
    for landlord, cast in CAST.items():
        held = {role for colleague in cast for role in colleague.roles}
        assert held == set(settings_of(landlord).roles), landlord
        for colleague in cast:
            for patches in colleague.roles.values():
                assert set(patches) <= set(settings_of(landlord).patches), colleague.name


def test_everybody_in_the_cast_is_invented_and_signs_in_at_an_example_address() -> None:
    everybody = [(landlord, colleague) for landlord, cast in CAST.items() for colleague in cast]
    assert len({colleague.name for _, colleague in everybody}) == len(everybody)
    assert len({colleague.email(landlord) for landlord, colleague in everybody}) == len(everybody)
    for landlord, colleague in everybody:
        assert colleague.email(landlord) == f"{colleague.handle}@{landlord}.example"
        for folder in landlord_folders().values():
            for file in folder.rglob("*.toml"):
                assert colleague.name not in file.read_text(encoding="utf-8")


def test_a_small_demo_is_loaded_whole_and_its_projections_equal_the_rulings(loaded: None, now: datetime) -> None:
    for landlord, cast in CAST.items():
        assert Case.objects.filter(landlord_id=landlord).count() == 3
        staff = Staff.objects.filter(landlord_id=landlord)
        assert {person.email for person in staff} == {colleague.email(landlord) for colleague in cast}
        assert all(roles_of(person) for person in staff)
    assert Staff.objects.order_by("pk")[0].check_password(PASSWORD)
    assert [found for case in Case.objects.all() for found in differences_of(case.pk)] == []
    assert not Entry.objects.filter(recorded_at__gt=now).exists()
    assert set(Log.objects.exclude(what="view").values_list("outcome", flat=True)) == {"done"}


def test_the_telephone_numbers_in_the_cases_are_kept_for_drama(loaded: None) -> None:
    numbers = [part.phone for part in Part.objects.all() if part.phone]
    assert numbers
    assert all(DRAMA.fullmatch(number) for number in numbers)
    assert all("@" not in text and not re.search(r"\d{5}", text) for text in people.SAFE_CONTACT)


@pytest.mark.parametrize("landlord", sorted(PROCEDURES))
def test_nothing_is_set_aside_but_what_a_story_tells_of(db: None, now: datetime, landlord: str) -> None:
    load_landlord(landlord)
    load.tell([landlord], 0, now, quietly)
    overrides = Entry.objects.filter(kind="override")
    told = [one for case in Case.objects.all() for one in written(case)]
    said = [one.told.payload["fields"] for one in told if one.told.kind == "override"]
    told_of = {one["gate"]: one["reason"] for one in said}
    assert 1 <= overrides.count() <= 2
    assert all(len(reason) > 20 for reason in told_of.values())
    assert set(Log.objects.exclude(what="view").values_list("outcome", flat=True)) == {"done"}
    assert set(Case.objects.values_list("status", flat=True)) == {"new", "open", "closed", "joined"}
    assert Case.objects.filter(status="new", danger=True).exists()
    waits = settings_of(landlord).triage_escalates_after
    assert Case.objects.filter(status="new", opened_at__lt=now - waits).exists()
    assert Entry.objects.filter(kind="struck").exists()
    assert not [one.note for one in told if "[" in one.note or "|" in one.note]


def test_the_same_moment_tells_the_same_demo(db: None, now: datetime) -> None:
    load_landlord("ongo")
    staff = load.make_staff("ongo", "")
    once, twice = (load.plan("ongo", staff, 20, now) for _ in range(2))
    assert [step.at for step in once] == [step.at for step in twice]
    later = load.plan("ongo", staff, 20, now + timedelta(days=30))
    assert later[-1].at > once[-1].at


@pytest.mark.parametrize("landlord", sorted(PROCEDURES))
def test_a_data_protection_officer_of_the_demo_finds_something_to_ask_about(
    db: None, now: datetime, landlord: str
) -> None:
    load_landlord(landlord)
    load.tell([landlord], 6, now, quietly)
    officer = next(one for one in Staff.objects.filter(landlord_id=landlord) if can(one, "audit:see"))
    week = Period(28, now.astimezone(LONDON).date())
    kinds = {one.kind for one in unusual(officer, week, now=now).findings.items}
    assert {"surname", "out_of_hours"} <= kinds
    assert what_was_refused(officer, week).total == 1
