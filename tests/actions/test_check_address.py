"""May we go ahead at an address: what is answered, that nobody can tell why, and what is kept of the asking."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.actions.check_address import check_address
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import AddressCheck, Home, Log
from fanlight.casework.queries.address_check import Address, Answer
from tests import homes, make
from tests.cast import Cast

NOW = make.later(days=3)
DESK = "Speak to Customer services desk, 01632 960120, first."


def ask(by: object, number: int = 1, purpose: str = "arrears", now: object = NOW, **said: str) -> Answer:
    """This function will ask of the home of a number, by its number in the gazetteer unless another way is said."""
    address = Address(**(said or {"uprn": homes.uprn_of(number)}))
    return check_address(address=address, purpose=purpose, by=by, now=now)  # type: ignore[arg-type]  # the cast's


@pytest.mark.parametrize("part", ["person_at_risk", "causing_harm", "child", "adult_at_risk"])
def test_where_somebody_in_an_open_case_lives_one_speaks_to_the_desk_first(part: str, cast: Cast) -> None:
    here, next_door = homes.a_home(1), homes.a_home(2)
    maria, other = homes.a_person(), homes.a_person("Sam Tandy")
    homes.lives_in(maria, here)
    homes.lives_in(other, next_door)
    case = make.make_case(cast)
    assert ask(cast.iris).answer == "go_ahead"
    homes.a_part(case, maria, part, cast.asha)
    homes.a_part(case, other, "witness", cast.asha)
    assert ask(cast.iris) == Answer("speak_first", DESK)
    assert ask(cast.iris, 2) == Answer("go_ahead", "Go ahead.")


def test_an_address_is_found_by_each_of_its_names_and_an_unknown_one_is_said_to_be_that(cast: Cast) -> None:
    home, maria = homes.a_home(7), homes.a_person()
    tenancy = homes.a_tenancy(home, "TN/00-42b")
    homes.lives_in(maria, home, tenancy=tenancy)
    homes.a_part(make.make_case(cast), maria, "person_at_risk", cast.asha)
    for said in (
        {"uprn": homes.uprn_of(7)},
        {"uprn": f"0{homes.uprn_of(7)}"},
        {"line": "7, Alder Ct", "postcode": "zz11zz"},
        {"home": "h000007"},
        {"tenancy": "tn 0042B"},
        {"reference": "H000007"},
        {"reference": "TN/00-42b"},
        {"reference": homes.uprn_of(7)},
        {"line": "7 ALDER COURT", "postcode": "zz11zz"},
    ):
        assert ask(cast.iris, **said).answer == "speak_first", said
    for said in ({"uprn": "1"}, {"line": "8 Alder Court", "postcode": "ZZ1 1ZZ"}, {"reference": "-"}):
        answer = ask(cast.iris, **said)
        assert answer == ask(cast.iris, uprn="2")
        assert answer.answer == "not_known", said
        assert "Customer services desk, 01632 960120, first." in answer.say
    # Another landlord's homes are none of ours.
    assert ask(cast.dev, 7).answer == "not_known"


def test_the_home_that_somebody_fled_is_one_at_which_to_speak_first(cast: Cast) -> None:
    case, maria = make.make_case(cast), homes.a_person()
    homes.a_part(case, maria, "person_at_risk", cast.asha)
    day = make.MORNING.date()
    for number in range(1, 7):
        homes.a_home(number)
    one, two, three, four, five, six = Home.objects.order_by("pk")
    homes.lives_in(maria, one, to_on=day + timedelta(days=2))
    homes.lives_in(maria, two, to_on=day - timedelta(days=100))
    homes.lives_in(maria, three, to_on=day - timedelta(days=3000))
    homes.lives_in(maria, four, to_on=day - timedelta(days=3000), is_hidden=True)
    joint = homes.a_tenancy(five, "T5", is_joint=True)
    homes.lives_in(maria, five, to_on=day - timedelta(days=3000), tenancy=joint)
    over = homes.a_tenancy(six, "T6", ended_on=day - timedelta(days=3000))
    homes.lives_in(maria, six, to_on=day - timedelta(days=3000), tenancy=over)
    assert [ask(cast.iris, number).answer for number in range(1, 7)] == [
        *("speak_first", "speak_first", "go_ahead"),
        *("speak_first", "speak_first", "go_ahead"),
    ]


def test_after_a_case_was_closed_one_speaks_first_for_as_long_as_the_landlord_says(cast: Cast) -> None:
    case, home, maria = make.make_case(cast), homes.a_home(), homes.a_person()
    homes.lives_in(maria, home)
    homes.a_part(case, maria, "person_at_risk", cast.asha)
    close_case(case=case, reason="She is safe.", by=cast.asha, now=make.later(days=5))
    assert ask(cast.iris, now=make.later(days=5 + 364)).answer == "speak_first"
    assert ask(cast.iris, now=make.later(days=5 + 367)).answer == "go_ahead"


def test_somebody_who_was_merged_with_another_is_the_same_person(cast: Cast) -> None:
    here, there = homes.a_home(1), homes.a_home(2)
    kept, double, third = homes.a_person(), homes.a_person(), homes.a_person()
    for other in (double, third):
        other.merged_into = kept
        other.save()
    homes.lives_in(double, here)
    homes.lives_in(kept, there)
    homes.a_part(make.make_case(cast), third, "child", cast.asha)
    assert ask(cast.iris, 1).answer == ask(cast.iris, 2).answer == "speak_first"


def test_every_check_leaves_the_same_row_in_the_log_and_one_of_its_own(cast: Cast) -> None:
    home, maria = homes.a_home(1), homes.a_person()
    homes.a_home(2)
    homes.lives_in(maria, home)
    homes.a_part(make.make_case(cast), maria, "person_at_risk", cast.asha)
    before = Log.objects.count()
    for number in (1, 2, 3):
        ask(cast.iris, number, "noise")
    rows = list(Log.objects.order_by("pk").values_list("what", "outcome", "case", "detail", "staff")[before:])
    assert rows == [("check_address", "done", None, {"purpose": "noise"}, cast.iris.pk)] * 3
    checks = AddressCheck.objects.order_by("pk").values_list("home__pk", "purpose", "speak_first", "by")
    first, second = home.pk, home.pk + 1
    assert list(checks) == [
        (first, "noise", True, cast.iris.pk),
        (second, "noise", False, cast.iris.pk),
        (None, "noise", False, cast.iris.pk),
    ]


def test_the_same_statements_are_made_whatever_the_answer(cast: Cast) -> None:
    home, maria = homes.a_home(1), homes.a_person()
    homes.a_home(2)
    homes.lives_in(maria, home)
    homes.a_part(make.make_case(cast), maria, "person_at_risk", cast.asha)
    ask(cast.iris, 2)
    made = []
    for number in (1, 2, 3):
        with CaptureQueriesContext(connection) as asked:
            ask(cast.iris, number)
        made.append([query["sql"].split()[0] for query in asked.captured_queries])
    assert made[0] == made[1] == made[2]
    assert len(made[0]) <= 8


def test_nothing_is_asked_without_an_address_or_a_purpose(cast: Cast) -> None:
    for said, purpose, field in (
        ({"line": ""}, "noise", "line"),
        ({"line": "1 Alder Court"}, "noise", "postcode"),
        ({"uprn": "1"}, "curiosity", "purpose"),
    ):
        with pytest.raises(Faulty) as fault:
            ask(cast.iris, purpose=purpose, **said)
        assert set(fault.value.faults) == {field}
    assert not AddressCheck.objects.exists()
