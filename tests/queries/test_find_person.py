"""Find a person: by a whole name or number, in the cases that one may see, and nothing of any other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.access import Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.search import search
from fanlight.casework.models import Case, Log, Staff
from fanlight.casework.queries.find_person import MOST, Found, find_person
from tests import make
from tests.cast import OTHER_PATCH, Cast, again, hire

NOW = make.later(days=1)


def name_in(case: Case, name: str, part: str, by: Staff, phone: str = "") -> None:
    """This function will name somebody in a case."""
    add_part(case=case, name=name, part=part, phone=phone, by=by, now=make.later(hours=1))


def where(found: Found) -> list[tuple[str, list[tuple[str, str]]]]:
    """This function will give where a search found whom as what."""
    return [(one.reference, [(person.name, person.part) for person in one.people]) for one in found.cases]


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's in which Siân is at risk."""
    made = make.make_case(cast)
    name_in(made, "Siân O'Neil-Price", "person_at_risk", cast.asha, "07700 900123")
    return made


@pytest.mark.parametrize(
    "typed", ["Siân O'Neil-Price", "sian oneil price", "  SIAN   O'NEIL  PRICE ", "Siân O\u2019Neil-Price"]
)
def test_one_who_writes_the_name_another_way_finds_the_same_person(cast: Cast, case: Case, typed: str) -> None:
    found = find_person(cast.asha, name=typed, now=NOW)
    assert where(found) == [(case.reference, [("Siân O'Neil-Price", "person_at_risk")])]


@pytest.mark.parametrize("typed", ["07700900123", "+44 7700 900 123", "0044 (0)7700 900123"])
def test_one_who_writes_the_number_another_way_finds_the_same_person(cast: Cast, case: Case, typed: str) -> None:
    assert [one.reference for one in find_person(cast.asha, phone=typed, now=NOW).cases] == [case.reference]


@pytest.mark.parametrize(
    "typed", ["Siân", "Price", "O'Neil", "Sian Oneil", "%", "_", "' or ''='", "*", "\x00", "Siân O'Neil-Price\u202e x"]
)
def test_a_part_of_a_name_or_a_pattern_finds_nobody(cast: Cast, case: Case, typed: str) -> None:
    assert find_person(cast.asha, name=typed, now=NOW).cases == ()


def test_whoever_may_not_see_a_case_finds_nobody_in_it_and_asks_the_database_as_often(cast: Cast, case: Case) -> None:
    def ask(viewer: Staff, name: str) -> tuple[Found, int]:
        with CaptureQueriesContext(connection) as queries:
            found = find_person(again(viewer), name=name, phone="07700 900123", now=NOW)
        return found, len(queries)

    add_part(case=case, name="Eve", part="witness", staff_email=cast.eve.email, by=cast.carys, now=NOW)
    for viewer in (cast.bronwen, cast.dev, cast.eve, cast.farah, cast.gwen, cast.huw, cast.iris):
        ask(viewer, "Siân O'Neil-Price")  # what is read once in the life of a process
        hidden, of_hidden = ask(viewer, "Siân O'Neil-Price")
        nobody, of_nobody = ask(viewer, "Nobody Of That Name")
        assert hidden == nobody, viewer.name
        assert hidden.cases == ()
        assert of_hidden == of_nobody, viewer.name


def test_a_person_at_risk_here_who_causes_harm_there_is_shown_as_both(cast: Cast, case: Case) -> None:
    other = make.make_case(cast)
    name_in(other, "Sian O'Neil-Price", "causing_harm", cast.asha)
    found = find_person(cast.asha, name="Siân O'Neil-Price", now=NOW)
    assert found.confused
    said = {one.reference: one.people[0].elsewhere for one in found.cases}
    assert said == {
        case.reference: ((other.reference, "Perpetrator"),),
        other.reference: ((case.reference, "Survivor"),),
    }


def test_of_two_cases_the_one_that_is_hidden_confuses_nobody(cast: Cast, case: Case) -> None:
    other = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    name_in(other, "Siân O'Neil-Price", "causing_harm", cast.bronwen)
    for viewer, seen in ((cast.asha, case), (cast.bronwen, other)):
        found = find_person(again(viewer), name="Siân O'Neil-Price", now=NOW)
        assert [one.reference for one in found.cases] == [seen.reference]
        assert not found.confused
        assert found.cases[0].people[0].elsewhere == ()
    assert find_person(cast.carys, name="Siân O'Neil-Price", now=NOW).confused


def test_the_same_name_at_another_landlord_is_another_person(cast: Cast, case: Case) -> None:
    theirs = make.make_report(cast.dev, patch=None)
    name_in(theirs, "Siân O'Neil-Price", "person_at_risk", cast.dev)
    assert [one.reference for one in find_person(cast.dev, name="Siân O'Neil-Price", now=NOW).cases] == [
        theirs.reference
    ]
    assert [one.reference for one in find_person(cast.carys, name="Siân O'Neil-Price", now=NOW).cases] == [
        case.reference
    ]


def test_whoever_sees_the_log_finds_which_cases_to_look_at_and_not_as_what_somebody_is_in_them(
    cast: Cast, case: Case
) -> None:
    about = make.make_case(cast, lead=cast.farah, about="colleague")
    name_in(about, "Siân O'Neil-Price", "other", cast.farah)
    officer = hire("Pia", "connect", data_protection_officer=[])
    found = find_person(officer, name="Siân O'Neil-Price", now=NOW)
    assert where(found) == [(case.reference, [])]
    assert not found.cases[0].may_open
    assert [found.cases[0].lead, found.cases[0].patch, found.cases[0].status] == ["", "", ""]
    add_part(case=case, name="Pia", part="other", staff_email=officer.email, by=cast.asha, now=NOW)
    assert find_person(again(officer), name="Siân O'Neil-Price", now=NOW).cases == ()


def test_a_search_costs_the_same_number_of_queries_for_one_found_and_for_many(cast: Cast, case: Case) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            find_person(again(cast.carys), name="Siân O'Neil-Price", now=NOW)
        return len(queries)

    cost()
    of_one = cost()
    for _ in range(6):
        name_in(make.make_case(cast), "Siân O'Neil-Price", "child", cast.asha)
    assert cost() == of_one


def test_of_very_many_the_latest_are_shown_and_it_is_said_that_there_are_more(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 50
    monkeypatch.setattr("fanlight.casework.queries.find_person.MOST", 2)
    others = [make.make_case(cast) for _ in range(2)]
    for other in others:
        name_in(other, "Siân O'Neil-Price", "child", cast.asha)
    found = find_person(cast.asha, name="Siân O'Neil-Price", now=NOW)
    assert found.is_more
    assert [one.reference for one in found.cases] == [one.reference for one in reversed(others)]


def test_a_search_is_in_the_log_with_why_and_how_many_and_not_with_what_was_typed(cast: Cast, case: Case) -> None:
    before = Log.objects.count()
    search(name="Siân O'Neil-Price", phone="07700 900123", purpose="caller", by=cast.asha, now=NOW)
    search(name="Nobody", purpose="duplicate", by=cast.asha, now=NOW)
    rows = Log.objects.order_by("pk").values_list("what", "outcome", "case", "detail")[before:]
    assert list(rows) == [
        ("search", "done", None, {"purpose": "caller", "by": ["name", "phone"], "found": 1}),
        ("search", "done", None, {"purpose": "duplicate", "by": ["name"], "found": 0}),
    ]


REFUSED: dict[str, tuple[dict[str, str], type[Exception]]] = {
    "nothing is typed": ({"purpose": "working"}, Faulty),
    "there is no purpose": ({"name": "Siân", "purpose": ""}, Faulty),
    "the purpose is none of the list": ({"name": "Siân", "purpose": "Siân O'Neil-Price"}, Faulty),
    "there is no letter in the name": ({"name": "!!", "purpose": "other"}, Faulty),
    "there is no figure in the number": ({"phone": "none", "purpose": "other"}, Faulty),
    "it is very long": ({"name": "S" * 1_000_000, "purpose": "other"}, Faulty),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_search_is_not_made_where(cast: Cast, why: str) -> None:
    typed, raised = REFUSED[why]
    before = Log.objects.count()
    with pytest.raises(raised):
        search(**{"purpose": "other", **typed}, by=cast.asha, now=NOW)
    ((what, outcome, detail),) = Log.objects.order_by("pk").values_list("what", "outcome", "detail")[before:]
    assert (what, outcome) == ("search", "faulty")
    assert "Si" not in str(detail)


@pytest.mark.parametrize("name", ["gwen", "huw", "iris"])
def test_whoever_has_nothing_to_do_with_cases_looks_for_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        search(name="Siân", purpose="other", by=getattr(cast, name), now=NOW)
