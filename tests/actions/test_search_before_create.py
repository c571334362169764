"""Whoever names somebody looks first: who is known already is linked, who is somebody else is said to be, and what is hidden changes nothing."""

from datetime import date

import pytest

from fanlight.casework import keys
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.disposal import people_of_no_other
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.refusals import Alike, Faulty
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, Log, Part, Person, PersonDetails, SaidApart, Staff
from fanlight.casework.queries.find_people import find_people
from tests import make
from tests.cast import OTHER_PATCH, Cast, again

NOW = make.later(days=1)
BORN = date(1984, 3, 12)


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's in which Siân is at risk."""
    made = make.make_case(cast)
    add_part(case=made, name="Siân Price", part="person_at_risk", born=BORN, by=cast.asha, now=make.later(hours=1))
    return made


def test_one_who_is_like_somebody_known_is_not_entered_until_it_is_said_whether_they_are_one(
    cast: Cast, case: Case
) -> None:
    other = make.make_case(cast)
    before = (Part.objects.count(), Person.objects.count())
    with pytest.raises(Alike) as alike:
        add_part(case=other, name="Shan Pryce", part="witness", by=cast.asha, now=NOW)
    assert [(one.name, one.why) for one in alike.value.people] == [("Siân Price", ("The name sounds the same",))]
    for nothing in ("", "  ", "...", "\u200b"):
        with pytest.raises(Alike):
            add_part(case=other, name="Shan Pryce", part="witness", not_them=nothing, by=cast.asha, now=NOW)
    assert (Part.objects.count(), Person.objects.count()) == before
    row = Log.objects.latest("pk")
    assert (row.what, row.outcome, row.detail) == ("add_part", "faulty", {"faults_in": ["same_as"]})


def test_one_who_is_known_is_linked_and_found_by_the_name_of_either_case(cast: Cast, case: Case) -> None:
    other = make.make_case(cast)
    known = Part.objects.get(case=case).person
    assert known is not None
    add_part(case=other, name="Sian Maddox", part="witness", same_as=known.pk, by=cast.asha, now=NOW)
    assert Part.objects.get(case=other).person == known
    (found,) = find_people(cast.asha, Asked(name="Maddox, Sian"), now=NOW).people
    assert found.id == known.pk
    assert {part.reference for part in found.parts} == {case.reference, other.reference}


def test_why_it_is_somebody_else_is_kept_sealed(cast: Cast, case: Case) -> None:
    other = make.make_case(cast)
    add_part(case=other, name="Sian Price", part="witness", not_them="She is sixty.", by=cast.asha, now=NOW)
    apart = SaidApart.objects.get()
    assert apart.reason == "She is sixty."
    assert b"sixty" not in bytes(apart.sealed_reason)
    assert apart.person == Part.objects.get(case=case).person
    assert Person.objects.count() == 2
    assert "sixty" not in str(list(Log.objects.values_list("detail", flat=True)))


def test_a_tenant_of_the_register_is_offered_with_where_they_live(cast: Cast) -> None:
    tenant = enter_person("connect", PersonDetails("Tirion", "Bevan", born=BORN), now=NOW)
    other = make.make_case(cast)
    with pytest.raises(Alike) as alike:
        add_part(case=other, name="Tirion Bevan", part="person_at_risk", by=cast.asha, now=NOW)
    assert [one.id for one in alike.value.people] == [tenant.pk]


def test_a_match_that_one_may_not_see_changes_nothing(cast: Cast, case: Case) -> None:
    theirs = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    add_part(case=theirs, name="Siân Price", part="causing_harm", by=again(cast.bronwen), now=NOW)
    assert Part.objects.get(case=theirs).person != Part.objects.get(case=case).person
    assert SaidApart.objects.count() == 0


@pytest.mark.parametrize("member", ["bronwen", "dev"])
def test_nobody_is_linked_whom_one_may_not_see(cast: Cast, case: Case, member: str) -> None:
    by = getattr(cast, member)
    theirs = (
        make.make_case(cast, lead=by, patch=OTHER_PATCH) if member == "bronwen" else make.make_report(by, patch=None)
    )
    hidden = Part.objects.get(case=case).person
    assert hidden is not None
    said = []
    for number in (hidden.pk, 999_999):
        with pytest.raises(Faulty) as faulty:
            add_part(case=theirs, name="Siân Price", part="witness", same_as=number, by=by, now=NOW)
        said.append(faulty.value.faults)
    assert said[0] == said[1]


def test_everybody_whom_a_report_names_is_in_the_register_and_goes_with_the_report(cast: Cast, case: Case) -> None:
    people = [NewPart("person_at_risk", "Zofia Zielinska", "07700 900777"), NewPart("witness")]
    report = report_abuse(
        fields={"source": "neighbour", "channel": "phone"},
        facts={"about": "customer", "patch": "Kirklees North"},
        people=people,
        by=cast.iris,
        now=NOW,
    )
    assert Part.objects.filter(case=report, person__first_case=report).count() == 2
    assert find_people(cast.carys, Asked(name="Name not known"), now=NOW).people == ()
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(days=1, hours=1))
    joined = Part.objects.get(
        case=case, part="person_at_risk", name_index=keys.blind("name", "Zofia Zielinska", within="connect")
    )
    assert (joined.name, joined.phone) == ("Zofia Zielinska", "07700 900777")
    assert joined.person == Part.objects.get(case=report, part="person_at_risk").person
    (found,) = find_people(cast.asha, Asked(name="Zofia Zielinski"), now=NOW).people
    assert case.reference in {part.reference for part in found.parts}


def test_people_whom_the_register_does_not_have_yet_come_along_too(cast: Cast, case: Case) -> None:
    report = make.make_report(cast.iris, now=NOW)
    for matter, name in ((case, "Ela"), (report, "Olwen")):
        add_part(case=matter, name=name, part="child", by=cast.carys, now=NOW)
    Part.objects.filter(part="child").update(person=None)
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(days=1, hours=1))
    assert {part.name for part in case.parts.filter(part="child")} == {"Ela", "Olwen"}


def test_who_goes_with_a_case_is_in_no_other_and_not_of_the_housing_system(cast: Cast, case: Case) -> None:
    alone = Part.objects.get(case=case).person
    assert alone is not None
    tenant = enter_person("connect", PersonDetails("Tirion", "Bevan"), now=NOW)
    add_part(case=case, name="Tirion Bevan", part="witness", same_as=tenant.pk, by=cast.asha, now=NOW)
    assert people_of_no_other(case.pk) == [alone]
    other = make.make_case(cast)
    add_part(case=other, name="Sian Price", part="witness", same_as=alone.pk, by=cast.asha, now=NOW)
    assert people_of_no_other(case.pk) == []


def _reported(by: Staff, one: NewPart) -> Case:
    return report_abuse(
        fields={"source": "neighbour", "channel": "phone"},
        facts={"about": "customer"},
        people=[one],
        by=by,
        now=NOW,
    )


def test_a_report_says_of_one_who_is_like_somebody_known_whether_they_are_one(cast: Cast, case: Case) -> None:
    before = Case.objects.count()
    for nothing in ("", " ... "):
        with pytest.raises(Alike) as alike:
            _reported(cast.asha, NewPart("person_at_risk", "Sian Price", not_them=nothing))
        assert [one.name for one in alike.value.people] == ["Siân Price"]
    assert Case.objects.count() == before
    known = Part.objects.get(case=case).person
    report = _reported(cast.asha, NewPart("person_at_risk", "Sian Price", person=known))
    assert Part.objects.get(case=report).person == known
    _reported(cast.asha, NewPart("person_at_risk", "Sian Price", not_them="She is sixty."))
    assert SaidApart.objects.get().reason == "She is sixty."
    # Whoever may not look for people is asked nothing, and whoever does not see her case is shown nobody.
    for by in (cast.iris, cast.bronwen):
        _reported(by, NewPart("person_at_risk", "Sian Price"))


def test_the_form_of_a_report_asks_once_and_takes_it_that_nobody_knows(cast: Cast, case: Case) -> None:
    with pytest.raises(Alike) as alike:
        _reported(cast.asha, NewPart("person_at_risk", "Sian Price", asks_once=True))
    ((said,),) = alike.value.faults.values()
    assert "how you know" not in said
    _reported(cast.asha, NewPart("person_at_risk", "Sian Price", asks_once=True, looked=True))
    assert not SaidApart.objects.exists()
