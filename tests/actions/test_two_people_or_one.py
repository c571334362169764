"""Two people who are one, said and taken back; and whoever is like a person in a case that was hidden from who named them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.compare_people import compare_people
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.settle_sameness import settle_sameness
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, FoundBy, Log, Merge, Part, PerhapsSame, Person, PersonDetails, Way
from fanlight.casework.queries.find_people import find_people
from fanlight.casework.queries.my_duties import my_duties
from fanlight.casework.queries.sameness import pairs
from tests import make
from tests.cast import OTHER_PATCH, Cast, again

NOW = make.later(days=1)
HOW = "The same National Insurance number on two cards."


def tenant(given: str, family: str, **more: object) -> Person:
    """This function will enter somebody in the register."""
    return enter_person("connect", PersonDetails(given, family, **more), now=NOW)  # type: ignore[arg-type]  # its own fields


def state() -> list[object]:
    """This function will give all that is stored of people, their fingerprints and parts."""
    return [list(model.objects.order_by("pk").values()) for model in (Person, FoundBy, Part)]


def test_two_who_are_one_are_found_as_one_and_nothing_of_either_is_overwritten(cast: Cast) -> None:
    one, other = tenant("Siân", "Price", born=date(1984, 3, 12)), tenant("Siân", "Maddox", phones=("01632 960111",))
    before = state()
    merge = merge_people(person=one.pk, into=other.pk, reason=HOW, by=cast.carys, now=NOW)
    for asked in (Asked(name="Sian Price"), Asked(name="Sian Maddox"), Asked(phone="01632960111")):
        (found,) = find_people(cast.asha, asked, now=NOW).people
        assert (found.id, found.name, found.born) == (other.pk, "Siân Maddox", date(1984, 3, 12))
    unmerge_people(merge=merge.pk, reason="Two sisters.", by=cast.carys, now=NOW)
    assert state() == before
    merge.refresh_from_db()
    assert (merge.reason, merge.by, merge.end_reason, merge.ended_by) == (HOW, cast.carys, "Two sisters.", cast.carys)
    assert b"Insurance" not in bytes(merge.sealed_reason)


def test_a_way_that_was_told_of_two_as_one_goes_back_to_whose_case_told_it(cast: Cast) -> None:
    one, other = tenant("Siân", "Price"), tenant("Siân", "Maddox")
    case = make.make_case(cast)
    part = add_part(case=case, name="Siân Price", part="witness", same_as=one.pk, by=cast.asha, now=NOW)
    merge = merge_people(person=one.pk, into=other.pk, reason=HOW, by=cast.carys, now=NOW)
    say_way(case=case, part=part, kind="phone", value="07700 900456", standing="unsafe", by=cast.asha, now=NOW)
    (found,) = find_people(cast.asha, Asked(phone="07700900456"), now=NOW).people
    assert found.why == ("The same telephone number",)
    assert find_people(cast.bronwen, Asked(phone="07700900456"), now=NOW).people == ()
    unmerge_people(merge=merge.pk, reason="Two sisters.", by=cast.carys, now=NOW)
    way = Way.objects.get()
    assert (way.person, way.value, way.standing) == (one, "07700 900456", "unsafe")


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6), order=st.randoms())
def test_whatever_is_merged_and_taken_apart_all_are_as_they_were(
    cast: Cast, steps: list[tuple[int, int]], order: object
) -> None:
    Merge.objects.all().delete()
    people = [tenant("Ivy", f"Oakes{number}") for number in range(5)]
    before = state()
    merged = []
    for one, other in steps:
        try:
            merged.append(
                merge_people(person=people[one].pk, into=people[other].pk, reason=HOW, by=cast.carys, now=NOW)
            )
        except Faulty:
            continue
    order.shuffle(merged)  # type: ignore[attr-defined]  # hypothesis gives a Random
    for number, merge in enumerate(merged):
        unmerge_people(merge=merge.pk, reason=HOW, by=cast.carys, now=NOW)
        assert Merge.objects.filter(ended_at=None).count() == len(merged) - number - 1
        live = dict(Merge.objects.filter(ended_at=None).values_list("person_id", "into_id"))
        for person in Person.objects.all():
            end = person.pk
            while end in live:
                end = live[end]
            assert person.merged_into_id == (end if end != person.pk else None)
    assert state() == before


def test_nobody_merges_whom_they_may_not_see_nor_without_the_right_or_a_reason(cast: Cast) -> None:
    one, other = tenant("Siân", "Price"), tenant("Siân", "Maddox")
    hidden_case = make.make_case(cast, about="colleague", lead=cast.farah)
    add_part(case=hidden_case, name="Ivor Ash", part="witness", by=cast.farah, now=NOW)
    hidden = Part.objects.get(case=hidden_case).person
    assert hidden is not None
    with pytest.raises(Refused):
        merge_people(person=one.pk, into=other.pk, reason=HOW, by=cast.asha, now=NOW)
    for number in (hidden.pk, 10**6):
        with pytest.raises(NotFound):
            merge_people(person=one.pk, into=number, reason=HOW, by=again(cast.eve), now=NOW)
    for by, reason, raised in ((cast.dev, HOW, NotFound), (cast.carys, " . ", Faulty)):
        with pytest.raises(raised):
            merge_people(person=one.pk, into=other.pk, reason=reason, by=by, now=NOW)
    assert not Merge.objects.exists()


@pytest.fixture
def hidden(cast: Cast) -> Case:
    """This function will make a case of Bronwen's, in another patch, in which Siân causes harm."""
    case = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    add_part(
        case=case,
        name="Siân Price",
        part="causing_harm",
        phone="07700 900123",
        by=again(cast.bronwen),
        now=make.later(hours=2),
    )
    compare_people(now=make.later(hours=3))
    return case


def test_who_is_like_a_person_in_a_hidden_case_is_put_to_who_sees_both_and_to_nobody_else(
    cast: Cast, hidden: Case
) -> None:
    case = make.make_case(cast)
    add_part(case=case, name="Shan Price", part="person_at_risk", by=cast.asha, now=NOW)
    assert not PerhapsSame.objects.exists()  # nothing is compared while the page is waited for
    compare_people(now=NOW)
    for viewer in (cast.asha, cast.bronwen, cast.dev, cast.farah):
        assert pairs(again(viewer), now=NOW) == ()
        assert my_duties(again(viewer), now=NOW).to_compare == 0
    (line,) = pairs(cast.carys, now=NOW)
    assert (line.one.reference, line.other.reference) == (hidden.reference, case.reference)
    assert (line.one.name, line.one.part_title, line.why) == (
        "Siân Price",
        "Perpetrator",
        ("The name sounds the same",),
    )
    assert Log.objects.filter(what="compare_people").latest("pk").detail == {"compared": 1}


def test_two_who_were_compared_are_one_or_two_and_stay_so(cast: Cast, hidden: Case) -> None:
    case = make.make_case(cast)
    for number, name in enumerate(("Shan Price", "Sian Price")):
        add_part(
            case=case, name=name, part="witness", not_them="Two.", by=cast.asha, now=make.later(days=1, minutes=number)
        )
    compare_people(now=NOW)
    first, second = PerhapsSame.objects.order_by("pk")
    with pytest.raises(NotFound):
        settle_sameness(number=first.pk, is_same=True, reason=HOW, by=cast.asha, now=NOW)
    with pytest.raises(Faulty):
        settle_sameness(number=first.pk, is_same=True, reason="", by=cast.carys, now=NOW)
    settle_sameness(number=first.pk, is_same=True, reason=HOW, by=cast.carys, now=NOW)
    settle_sameness(number=second.pk, is_same=False, reason="Another woman.", by=cast.carys, now=NOW)
    assert pairs(cast.carys, now=NOW) == ()
    assert Merge.objects.get().reason == HOW
    assert find_people(cast.carys, Asked(name="Siân Price"), now=NOW).confused is False
    Part.objects.update(compared_at=None)
    compare_people(now=NOW)
    assert not PerhapsSame.objects.filter(settled_at=None).exists()


def test_one_who_is_linked_in_another_case_is_put_to_the_lead_of_the_hidden_one(cast: Cast) -> None:
    known = tenant("Tirion", "Bevan")
    hidden = make.make_case(cast, lead=cast.carys, patch=OTHER_PATCH)
    add_part(case=hidden, name="Tirion Bevan", part="person_at_risk", same_as=known.pk, by=cast.carys, now=NOW)
    compare_people(now=NOW)
    case = make.make_case(cast)
    add_part(case=case, name="T Bevan", part="causing_harm", same_as=known.pk, by=cast.asha, now=NOW)
    compare_people(now=NOW)
    (line,) = pairs(cast.carys, now=NOW)
    assert (line.one.reference, line.are_one) == (hidden.reference, True)
    assert my_duties(cast.carys, now=NOW).to_compare == 1
    settle_sameness(number=line.id, is_same=True, by=cast.carys, now=NOW)
    assert my_duties(again(cast.carys), now=NOW).to_compare == 0


def test_one_who_was_named_before_there_was_a_register_is_entered_when_they_are_compared(cast: Cast) -> None:
    case = make.make_case(cast)
    add_part(case=case, name="Tirion Bevan", part="witness", phone="07700 900321", by=cast.asha, now=NOW)
    FoundBy.objects.all().delete()
    Part.objects.update(person=None, compared_at=None)
    compare_people(now=NOW)
    (found,) = find_people(cast.asha, Asked(phone="07700900321"), now=NOW).people
    assert found.name == "Tirion Bevan"
