"""The home that somebody left whose address is protected: in whatever order the housing system and the case come to say so."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.cancel_move import cancel_move
from fanlight.casework.actions.correct_move import correct_move
from fanlight.casework.actions.decide_on_lifting import decide_on_lifting
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, Move, Part, Person, Resident, Staff, Way
from fanlight.casework.queries.find_people import find_people
from fanlight.casework.queries.register import register_home, register_person
from tests import homes, make
from tests.actions.test_moving import carry_out
from tests.cast import Cast
from tests.housing import HOMES, Rows, bring_in, home_of, lives, person_of, the_register, write_export

pytestmark = pytest.mark.django_db
NOW = make.later(hours=4)
FAR = "Flat 9, Quillfeather House\nZephyr Lane\nYonderby\nZZ9 9QQ"


@pytest.fixture
def night(cast: Cast, tmp_path: Path) -> Callable[..., None]:
    """This function will give the nightly import: of what Maria's line says of when she left, some days after that morning."""

    def run(until: str = "", *, days: float = 0, rows: Rows | None = None) -> None:
        if rows is None:
            rows = the_register()
            rows["residents"][0]["To"] = until
        done, faults = bring_in(write_export(tmp_path, rows), cast.huw, now=make.later(days=days))
        assert done is not None, faults

    return run


@pytest.fixture
def case(cast: Cast, night: Callable[..., None]) -> Case:
    """This function will make a case of Asha's with Maria at risk in it, who lives at 3 Tansy Row with Piotr."""
    night()
    case = make.make_case(cast)
    homes.a_part(case, person_of("P1"), "person_at_risk", cast.asha)
    return case


def ask(case: Case, by: Staff, **more: object) -> Move:
    """This function will ask for a move of Maria."""
    part = Part.objects.get(case=case, part="person_at_risk").pk
    said = {"part": part, "reason": "He waits at the door.", "address": FAR, **more}
    return Move.objects.get(pk=ask_for_move(case=case, by=by, now=NOW, **said))  # type: ignore[arg-type]  # each is what the action takes


def found_at(viewer: Staff, *, days: float = 2) -> set[str]:
    """This function will give by which of the signs of her old home somebody still comes to know that Maria lived there."""
    now = make.later(days=days)
    asked = {
        "address": (Asked(address="3 Tansy Row"), ""),
        "postcode": (Asked(postcode="QA1 1AA"), ""),
        "tenancy": (Asked(), "T1"),
        "UPRN": (Asked(), HOMES["old"]["UPRN"]),
    }
    found = {
        sign
        for sign, (what, reference) in asked.items()
        if any("Maria" in one.name for one in find_people(viewer, what, reference=reference, now=now).people)
    }
    if "Maria" in repr(register_home(viewer, home_of("H1").pk, now=now)):
        found.add("the page of the home")
    if "Tansy" in repr(register_person(viewer, person_of("P1").pk, now=now)):
        found.add("her page")
    by_name = find_people(viewer, Asked(name="Maria Quillbeck"), now=now).people
    if any("Tansy" in one.address for one in by_name):
        found.add("her name")
    return found


EVERYWHERE = {"address", "postcode", "tenancy", "UPRN", "the page of the home", "her page"}


def without_her(rows: Rows) -> Rows:
    """This function will give an export in which her line is missing."""
    return {**rows, "residents": rows["residents"][1:]}


def with_the_tenancy_ended(rows: Rows) -> Rows:
    """This function will give an export in which the whole tenancy has ended, and says nothing of who lived by it."""
    tenancy = {**rows["tenancies"][0], "End date": "28/02/2026"}
    return {**rows, "tenancies": [tenancy]}


EXPORTS: dict[str, Rows] = {
    "her line has an end": {**the_register(), "residents": [lives("maria", "old", until="28/02/2026")]},
    "her line is missing": without_her(the_register()),
    "the tenancy has ended": with_the_tenancy_ended(the_register()),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_who_left_by_the_housing_system_before_the_move_is_done_is_found_there_by_nobody(
    export: str, cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    assert found_at(cast.bronwen) >= EVERYWHERE
    move = ask(case, cast.asha)
    night(rows=EXPORTS[export], days=0.5)
    assert Resident.objects.get(person=person_of("P1")).to_on is not None
    assert found_at(cast.bronwen) == set()
    carry_out(case, move, cast)
    for days in (1, 2):
        night(rows=EXPORTS[export], days=days)
        assert found_at(cast.bronwen) == set()


def test_who_had_left_before_the_move_was_asked_for_is_found_there_by_nobody_once_it_is(
    cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    night("01/03/2026")
    assert found_at(cast.bronwen) >= EVERYWHERE
    carry_out(case, ask(case, cast.asha), cast)
    assert found_at(cast.bronwen) == set()


def test_post_to_a_home_that_the_housing_system_had_ended_first_is_not_safe(
    cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    part = Part.objects.get(case=case).pk
    where = f"{HOMES['old']['Address 1']}, {HOMES['old']['Postcode']}"
    safe = {"standing": "safe", "told_by_them": True}
    say_way(case=case, part=part, kind="post", value=where, by=cast.asha, now=make.later(hours=1), **safe)  # type: ignore[arg-type]  # each is what the action takes
    move = ask(case, cast.asha)
    night("03/03/2026")
    carry_out(case, move, cast)
    assert Way.objects.get(is_protected=False, ended_at=None).standing == "unsafe"


def test_what_ends_while_the_address_is_protected_and_no_move_is_open_is_hidden(
    cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    way = Way(landlord_id="connect", person=person_of("P1"), case=case, kind="post", at=NOW, by=cast.asha)
    way.value, way.is_protected = FAR, True
    way.save()
    Person.objects.filter(pk=person_of("P1").pk).update(is_protected=True)
    night("03/03/2026", days=1)
    assert found_at(cast.bronwen) == set()


def test_a_day_on_which_somebody_is_to_leave_hides_them_when_it_has_come(
    cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    ask(case, cast.asha)
    night("10/03/2026", days=1)
    assert not Resident.objects.get(person=person_of("P1")).is_hidden
    night("10/03/2026", days=7)
    assert found_at(cast.bronwen, days=7) == set()


def test_homes_that_were_left_years_before_stay_as_they_are(cast: Cast, case: Case, night: Callable[..., None]) -> None:
    rows = the_register()
    rows["residents"].append(
        {**lives("maria", "old", since="01/02/2010", until="01/05/2012"), "Tenancy reference": "T0"}
    )
    rows["tenancies"].append(
        {**rows["tenancies"][0], "Tenancy reference": "T0", "Home reference": "H2", "Start date": ""}
    )
    night(rows=rows)
    carry_out(case, ask(case, cast.asha), cast)
    night(rows=rows, days=1)
    assert "Maria" in repr(register_home(cast.bronwen, home_of("H2").pk, now=make.later(days=2)))
    assert found_at(cast.bronwen) == set()


@pytest.mark.parametrize("how", ["cancelled", "refused"])
def test_where_the_move_comes_to_nothing_the_register_says_again_what_the_housing_system_says(
    how: str, cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    move = ask(case, cast.asha)
    night("03/03/2026")
    correct_move(case=case, number=move.pk, reason="Sooner.", moves_on=date(2026, 3, 3), by=cast.asha, now=NOW)
    assert found_at(cast.bronwen) == set()
    if how == "cancelled":
        cancel_move(case=case, number=move.pk, reason="She goes home to her mother.", by=cast.asha, now=NOW)
    else:
        decide_on_move(case=case, number=move.pk, authorise=False, reason="It is next door.", by=cast.carys, now=NOW)
    assert found_at(cast.bronwen) >= EVERYWHERE


def test_lifting_shows_what_was_hidden_and_nothing_where_nobody_had_seen_them(
    cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    move = ask(case, cast.asha)
    night("03/03/2026")
    carry_out(case, move, cast)
    once = homes.lives_in(
        person_of("P1"), home_of("H2"), to_on=NOW.date() - timedelta(days=9), is_hidden=True, came_hidden=True
    )
    way = Move.objects.get().way
    assert way is not None
    part = Part.objects.get(case=case).pk
    later = make.later(days=1)
    number = ask_to_lift(
        case=case, part=part, way=way.pk, reason="He has died.", they_agree=True, by=cast.asha, now=later
    )
    assert found_at(cast.bronwen) == set()
    decide_on_lifting(case=case, number=number, lifts=True, by=cast.carys, now=later)
    assert found_at(cast.bronwen) >= EVERYWHERE
    once.refresh_from_db()
    assert once.is_hidden


def test_whoever_is_one_with_somebody_protected_is_hidden_where_they_left_and_only_while_they_are_one(
    cast: Cast, case: Case, night: Callable[..., None]
) -> None:
    ask(case, cast.asha)
    olga, home = person_of("P4"), home_of("H2")
    left = homes.lives_in(olga, home, to_on=date(2026, 3, 2))
    merge = merge_people(person=olga.pk, into=person_of("P1").pk, reason="The same card.", by=cast.carys, now=NOW)
    left.refresh_from_db()
    assert left.is_hidden
    unmerge_people(merge=merge.pk, reason="Two cards.", by=cast.carys, now=NOW)
    left.refresh_from_db()
    assert not left.is_hidden
