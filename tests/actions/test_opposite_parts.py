"""Nobody is at risk and causes harm in one case: not by a merge, not by a name, not by another part, not by a report that is joined."""

from collections.abc import Callable

import pytest

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.change_part import change_part
from fanlight.casework.actions.compare_people import compare_people
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.settle_sameness import settle_sameness
from fanlight.casework.models import Case, Merge, Part, PerhapsSame, Person, PersonDetails, Staff
from fanlight.casework.queries.ways import Known, index_of
from tests import make
from tests.cast import Cast

NOW = make.later(days=1)
HOW = "The same National Insurance number on two cards."
HERS, HIS = "07700 900111", "07700 900222"


def tenant(given: str, family: str) -> Person:
    """This function will enter somebody in the register."""
    return enter_person("connect", PersonDetails(given, family), now=NOW)


def name_in(case: Case, person: Person, part: str, by: Staff) -> int:
    """This function will name somebody of the register in a case."""
    return add_part(case=case, name=person.details.name, part=part, same_as=person.pk, by=by, now=NOW)


def sentence(act: Callable[[], object]) -> str:
    """This function will give the sentence with which something is refused."""
    with pytest.raises(Faulty) as faulty:
        act()
    ((said,),) = faulty.value.faults.values()
    return said


@pytest.fixture
def opposed(cast: Cast) -> tuple[Case, Person, Person]:
    """This function will make a case in which one of the register is at risk and another causes harm."""
    case = make.make_case(cast)
    hers, his = tenant("Siân", "Price"), tenant("Gethin", "Price")
    name_in(case, hers, "person_at_risk", cast.asha)
    name_in(case, his, "causing_harm", cast.asha)
    return case, hers, his


def test_two_with_opposite_parts_in_a_case_are_never_one(cast: Cast, opposed: tuple[Case, Person, Person]) -> None:
    case, hers, his = opposed
    also_him = tenant("Geth", "Price")
    merge_people(person=also_him.pk, into=his.pk, reason=HOW, by=cast.carys, now=NOW)
    for one, other in ((hers, his), (his, hers), (hers, also_him), (also_him, hers)):
        said = sentence(
            lambda one=one, other=other: merge_people(  # type: ignore[misc]  # mypy reads no defaults of a lambda
                person=one.pk, into=other.pk, reason=HOW, by=cast.carys, now=NOW
            )
        )
        assert case.reference in said
    assert Merge.objects.count() == 1


def test_whoever_does_not_see_the_case_is_told_of_none(cast: Cast) -> None:
    hidden = make.make_case(cast, about="colleague", lead=cast.farah)
    hers, his = tenant("Siân", "Price"), tenant("Gethin", "Price")
    for name, part, person in (("Siân", "person_at_risk", hers), ("Gethin", "causing_harm", his)):
        add_part(case=hidden, name=name, part=part, not_them="Asked", by=cast.farah, now=NOW)
        Part.objects.filter(case=hidden, part=part).update(person=person)
    add_part(case=hidden, name="Carys", part="witness", staff_email=cast.carys.email, by=cast.farah, now=NOW)
    said = sentence(lambda: merge_people(person=hers.pk, into=his.pk, reason=HOW, by=cast.carys, now=NOW))
    assert hidden.reference not in said
    assert "case" not in said
    assert not Merge.objects.exists()


def test_two_with_opposite_parts_in_two_cases_are_one_where_they_are(cast: Cast) -> None:
    one, other = tenant("Siân", "Price"), tenant("Sian", "Prys")
    name_in(make.make_case(cast), one, "person_at_risk", cast.asha)
    name_in(make.make_case(cast), other, "causing_harm", cast.asha)
    merge_people(person=one.pk, into=other.pk, reason=HOW, by=cast.carys, now=NOW)
    assert Merge.objects.count() == 1


def test_two_who_were_put_side_by_side_are_not_one_with_opposite_parts_in_a_case(cast: Cast) -> None:
    case, other_case = make.make_case(cast), make.make_case(cast)
    name_in(case, hers := tenant("Siân", "Price"), "person_at_risk", cast.asha)
    add_part(case=case, name="Gethin Price", part="causing_harm", by=cast.asha, now=NOW)
    name_in(other_case, hers, "witness", cast.asha)
    compare_people(now=NOW)
    PerhapsSame.objects.all().delete()
    harming, witness = Part.objects.get(part="causing_harm"), Part.objects.get(part="witness")
    pair = PerhapsSame.objects.create(landlord_id="connect", part=harming, other=witness, at=NOW)
    said = sentence(lambda: settle_sameness(number=pair.pk, is_same=True, reason=HOW, by=cast.carys, now=NOW))
    assert case.reference in said
    assert not Merge.objects.exists()
    settle_sameness(number=pair.pk, is_same=False, reason=HOW, by=cast.carys, now=NOW)


def test_nobody_is_named_in_the_opposite_part_nor_twice_in_the_same(
    cast: Cast, opposed: tuple[Case, Person, Person]
) -> None:
    case, hers, his = opposed
    for person, part in ((hers, "causing_harm"), (his, "person_at_risk"), (hers, "person_at_risk")):
        sentence(lambda person=person, part=part: name_in(case, person, part, cast.asha))  # type: ignore[misc]  # as above
    name_in(case, hers, "reporter", cast.asha)
    also_her = tenant("Shan", "Maddox")
    merge_people(person=also_her.pk, into=hers.pk, reason=HOW, by=cast.carys, now=NOW)
    sentence(lambda: name_in(case, also_her, "causing_harm", cast.asha))
    assert case.parts.count() == 3
    name_in(make.make_case(cast), hers, "causing_harm", cast.asha)


def test_nobody_who_works_here_is_at_risk_and_causes_harm_in_one_case(cast: Cast) -> None:
    case = make.make_case(cast, about="colleague", lead=cast.farah)
    more = {"case": case, "staff_email": cast.eve.email, "by": cast.farah, "now": NOW}
    add_part(name="Eve", part="causing_harm", **more)  # type: ignore[arg-type]  # its own fields
    for part in ("person_at_risk", "causing_harm"):
        with pytest.raises(Faulty):
            add_part(name="Eve", part=part, **more)  # type: ignore[arg-type]  # its own fields
    assert case.parts.count() == 1


def test_no_other_part_makes_somebody_the_opposite_of_themselves(
    cast: Cast, opposed: tuple[Case, Person, Person]
) -> None:
    case, hers, _ = opposed
    reporter = name_in(case, hers, "reporter", cast.asha)
    for becomes in ("causing_harm", "person_at_risk"):
        with pytest.raises(Faulty) as faulty:
            change_part(case=case, part=reporter, becomes=becomes, why="error", reason=HOW, by=cast.asha, now=NOW)
        assert list(faulty.value.faults) == ["becomes"]
    at_risk = case.parts.get(part="person_at_risk")
    change_part(case=case, part=at_risk.pk, becomes="causing_harm", why="error", reason=HOW, by=cast.asha, now=NOW)


def test_a_report_names_nobody_in_the_opposite_part_nor_twice_in_the_same(cast: Cast) -> None:
    hers = tenant("Siân", "Price")
    before = Case.objects.count()
    for one, other in (("person_at_risk", "causing_harm"), ("person_at_risk", "person_at_risk")):
        people = [NewPart(one, "Siân Price", person=hers), NewPart(other, "Siân Price", person=hers)]
        with pytest.raises(Faulty):
            report_abuse(
                fields={"source": "neighbour", "channel": "phone"},
                facts={"about": "customer"},
                people=people,
                by=cast.carys,
                now=NOW,
            )
    assert Case.objects.count() == before


@pytest.mark.parametrize("part", ["person_at_risk", "causing_harm"])
def test_a_counter_allegation_has_a_case_of_its_own_and_is_not_joined(
    cast: Cast, opposed: tuple[Case, Person, Person], part: str
) -> None:
    case, hers, his = opposed
    report = make.make_report(cast.iris, now=NOW)
    # One is enough: what she is said to have done, or what he says was done to him.
    name_in(report, his if part == "person_at_risk" else hers, part, cast.carys)
    said = sentence(lambda: join_case(case=report, into=case.reference, by=cast.carys, now=make.later(days=2)))
    assert "a case of its own" in said
    assert make.fresh(report).status == "new"
    assert case.parts.count() == 2


def test_a_report_in_which_the_same_has_the_same_part_is_joined(
    cast: Cast, opposed: tuple[Case, Person, Person]
) -> None:
    case, hers, _ = opposed
    report = make.make_report(cast.iris, now=NOW)
    name_in(report, hers, "person_at_risk", cast.carys)
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(days=2))
    assert case.parts.count() == 2


def test_her_gate_never_takes_his_number_for_hers_whoever_they_were_said_to_be(
    cast: Cast, opposed: tuple[Case, Person, Person]
) -> None:
    case, hers, his = opposed
    for part, value in (("person_at_risk", HERS), ("causing_harm", HIS)):
        number = case.parts.get(part=part).pk
        say_way(
            case=case, part=number, kind="phone", value=value, standing="safe", told_by_them=True, by=cast.asha, now=NOW
        )
    # As an older version of the product let somebody do.
    Person.objects.filter(pk=hers.pk).update(merged_into=his)
    known = Known(case, cast.asha, NOW)
    at_risk, harming = (case.parts.get(part=part).pk for part in ("person_at_risk", "causing_harm"))
    for value in (HIS,):
        whom = known.whom(at_risk, (), NOW)
        assert not known.ask(whom, "phone", index_of("connect", "phone", value), NOW).allowed
    his_page = [line.value for line in known.lines(harming, sees_register=True)[0]]
    assert his_page == [HIS]
    assert [line.value for line in known.lines(at_risk, sees_register=True)[0]] == [HERS]
