"""A protection of an address is lifted by two people, said for good, and by nothing else."""

import pytest
from django.db import IntegrityError, transaction

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.decide_on_lifting import decide_on_lifting
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.finish_move import finish_move
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.models import Case, Lifting, MayKnow, Move, Part, Person, Resident, Staff, Way
from fanlight.casework.queries.moving import count_to_authorise, liftings_to_decide, moves_of_case
from tests import homes, make
from tests.cast import Cast, hire

NOW = make.later(hours=4)
LATER = make.later(days=9)
FAR = "Flat 9, Quillfeather House\nZephyr Lane\nYonderby\nZZ9 9QQ"


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's with somebody at risk in it."""
    case = make.make_case(cast)
    homes.a_part(case, homes.a_person("Maria Novak"), "person_at_risk", cast.asha)
    return case


def moved(case: Case, cast: Cast, **where: str) -> Way | None:
    """This function will move the person at risk, authorised by Carys, and give the way that is protected since."""
    part = part_of(case).pk
    number = ask_for_move(case=case, part=part, reason="He waits.", may_write=True, by=cast.asha, now=NOW, **where)  # type: ignore[arg-type]  # words alone
    decide_on_move(case=case, number=number, authorise=True, by=cast.carys, now=NOW)
    for step in Move.objects.get(pk=number).steps.all():
        answer_move_step(case=case, number=number, step=step.number, answer="done", by=cast.asha, now=NOW)
    finish_move(case=case, number=number, by=cast.asha, now=NOW)
    return Move.objects.get(pk=number).way


def part_of(case: Case) -> Part:
    """This function will give the person at risk."""
    return Part.objects.get(case=case, part="person_at_risk")


def ask(case: Case, way: Way | None, by: Staff) -> int:
    """This function will ask that it be lifted."""
    there, part = way.pk if way else None, part_of(case).pk
    return ask_to_lift(case=case, part=part, way=there, reason="He has died.", they_agree=True, by=by, now=LATER)


def lift(case: Case, way: Way | None, cast: Cast) -> int:
    """This function will have it lifted: Asha asks, Carys decides."""
    number = ask(case, way, cast.asha)
    decide_on_lifting(case=case, number=number, lifts=True, by=cast.carys, now=LATER)
    return number


def seen(case: Case, viewer: Staff) -> set[str]:
    """This function will give what somebody reads of the protected addresses of a case."""
    return {line.value for line in moves_of_case(viewer, case.reference, now=LATER).addresses}


def test_an_address_is_seen_again_when_two_people_have_lifted_it_and_who_knew_it_is_still_said(
    cast: Cast, case: Case
) -> None:
    way = moved(case, cast, address=FAR)
    assert seen(case, cast.carys) == {"A protected address: ask Asha"}
    number = ask(case, way, cast.asha)
    assert seen(case, cast.carys) == {"A protected address: ask Asha"}
    assert [line.number for line in liftings_to_decide(cast.carys, now=LATER)] == [number]
    assert count_to_authorise(cast.carys, now=LATER) == 1
    decide_on_lifting(case=case, number=number, lifts=True, by=cast.carys, now=LATER)
    page = moves_of_case(cast.carys, case.reference, now=LATER)
    assert page.addresses == ()
    (line,) = page.liftings
    assert (line.address, line.reason, line.asked_by, line.decided_by) == (FAR, "He has died.", "Asha", "Carys")
    assert not Person.objects.get(pk=part_of(case).person_id).is_protected
    known = MayKnow.objects.get()
    assert (known.staff, known.ended_by) == (cast.asha, cast.carys)
    assert count_to_authorise(cast.carys, now=LATER) == 0


def test_whoever_asks_does_not_decide_and_it_takes_somebody_who_authorises(cast: Cast, case: Case) -> None:
    way = moved(case, cast, address=FAR)
    number = ask(case, way, cast.carys)
    with pytest.raises(Refused, match="somebody else decides"):
        decide_on_lifting(case=case, number=number, lifts=True, by=cast.carys, now=LATER)
    with pytest.raises(Refused, match="may not authorise"):
        decide_on_lifting(case=case, number=number, lifts=True, by=cast.asha, now=LATER)
    with pytest.raises(NotFound):
        decide_on_lifting(case=case, number=number, lifts=True, by=cast.bronwen, now=LATER)
    with pytest.raises(Faulty, match="asked for that already"):
        ask(case, way, cast.asha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lifting.objects.update(outcome="lifted", decided_by=cast.carys, decided_at=LATER)


def test_it_is_kept_with_a_reason_and_can_be_asked_for_again(cast: Cast, case: Case) -> None:
    way = moved(case, cast, address=FAR)
    number = ask(case, way, cast.asha)
    with pytest.raises(Faulty):
        decide_on_lifting(case=case, number=number, lifts=False, by=cast.carys, now=LATER)
    decide_on_lifting(case=case, number=number, lifts=False, reason="His brother asks", by=cast.carys, now=LATER)
    with pytest.raises(Refused, match="decided on already"):
        decide_on_lifting(case=case, number=number, lifts=True, by=cast.carys, now=LATER)
    assert seen(case, cast.carys) == {"A protected address: ask Asha"}
    assert ask(case, way, cast.asha)


def test_one_address_is_lifted_and_another_stays_as_it_was(cast: Cast, case: Case) -> None:
    refuge = moved(case, cast, address="1 Quiet Row\nZZ7 7ZZ")
    home = moved(case, cast, address=FAR)
    lift(case, home, cast)
    assert seen(case, cast.carys) == {"A protected address: ask Asha"}
    assert refuge is not None
    assert Way.objects.get(pk=refuge.pk).is_protected
    assert Person.objects.get(pk=part_of(case).person_id).is_protected


def test_the_register_shows_where_they_live_again_with_those_who_moved_in_with_them(cast: Cast, case: Case) -> None:
    home = homes.a_home(2)
    way = moved(case, cast, home="H000002")
    child, other = homes.a_person("Leo Novak"), homes.a_person("Rhys Ellis")
    homes.lives_in(child, home, is_hidden=True, came_hidden=True)
    lift(case, way, cast)
    assert not Resident.objects.filter(home=home, is_hidden=True).exists()
    # Where somebody else lives unseen who is protected, nobody is shown.
    Resident.objects.filter(home=home).update(is_hidden=True, came_hidden=True)
    Way.objects.update(is_protected=True)
    Person.objects.filter(pk=other.pk).update(is_protected=True)
    homes.lives_in(other, home, is_hidden=True, came_hidden=True)
    part = homes.a_part(case, other, "adult_at_risk", cast.asha)
    say_way(
        case=case, part=part.pk, kind="post", value="4 Other Row, ZZ5 5ZZ", standing="not_known", by=cast.asha, now=NOW
    )
    lift(case, way, cast)
    assert Resident.objects.filter(home=home, is_hidden=True).count() == 3


def test_what_the_housing_system_says_is_seen_again_where_no_address_was_said(cast: Cast, case: Case) -> None:
    person = Person.objects.get(pk=part_of(case).person_id)
    assert moved(case, cast) is None
    homes.lives_in(person, homes.a_home(3), is_hidden=True, came_hidden=True)
    assert [one.id for one in moves_of_case(cast.asha, case.reference, now=LATER).hidden] == [part_of(case).pk]
    lift(case, None, cast)
    person.refresh_from_db()
    assert not person.is_protected
    assert not Resident.objects.get(person=person).is_hidden
    assert moves_of_case(cast.asha, case.reference, now=LATER).hidden == ()
    with pytest.raises(NotFound):
        ask(case, None, cast.asha)


def test_what_another_case_protects_that_whoever_decides_cannot_see_stays_protected(cast: Cast, case: Case) -> None:
    hidden = make.make_case(cast, lead=cast.farah, about="colleague")
    person = Person.objects.get(pk=part_of(case).person_id)
    homes.a_part(hidden, person, "witness", cast.farah)
    way = moved(case, cast, address=FAR)
    assert way is not None
    also = Way(landlord_id="connect", person=person, case=hidden, kind="post", is_protected=True, at=NOW, by=cast.farah)
    also.value, also.value_index = FAR, way.value_index
    also.save()
    second = hire("Second", "connect", safeguarding_lead=[])
    hidden.kept_from.create(landlord_id="connect", staff=second, why="set_aside", at=NOW, by=cast.carys)
    number = ask(case, way, cast.asha)
    decide_on_lifting(case=case, number=number, lifts=True, by=second, now=LATER)
    also.refresh_from_db()
    person.refresh_from_db()
    assert also.is_protected
    assert person.is_protected
    assert MayKnow.objects.filter(ended_at=None).exists()


def test_nothing_is_lifted_by_a_merge_nor_by_taking_it_back(cast: Cast, case: Case) -> None:
    way = moved(case, cast, address=FAR)
    other = make.make_case(cast)
    twin = homes.a_part(other, homes.a_person("Mary Novak"), "person_at_risk", cast.asha).person_id
    hers = part_of(case).person_id
    assert way is not None
    assert hers is not None
    assert twin is not None
    for person, into in ((hers, twin), (twin, hers)):
        merge = merge_people(person=person, into=into, reason="One card", by=cast.carys, now=LATER)
        assert seen(case, cast.carys) == {"A protected address: ask Asha"}
        assert Person.objects.filter(pk__in=(hers, twin), is_protected=True).count() == 2
        unmerge_people(merge=merge.pk, reason="Two cards", by=cast.carys, now=LATER)
        assert list(Person.objects.filter(is_protected=True).values_list("pk", flat=True)) == [hers]
    # Lifted, it is not protected again by a merge either.
    lift(case, way, cast)
    merge_people(person=twin, into=hers, reason="One card", by=cast.carys, now=LATER)
    assert not Person.objects.filter(is_protected=True).exists()


def test_somebody_who_is_protected_again_is_protected(cast: Cast, case: Case) -> None:
    lift(case, moved(case, cast, address=FAR), cast)
    moved(case, cast, address="1 Quiet Row\nZZ7 7ZZ")
    assert seen(case, cast.carys) == {"A protected address: ask Asha"}


def test_what_was_asked_for_goes_with_a_report_that_is_joined_and_with_a_case_that_is_disposed_of(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    homes.a_part(report, homes.a_person("Maria Novak"), "person_at_risk", cast.carys)
    number = ask_for_move(case=report, part=part_of(report).pk, reason="So", address=FAR, by=cast.carys, now=NOW)
    ask(report, Move.objects.get(pk=number).way, cast.carys)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    (line,) = moves_of_case(cast.carys, case.reference, now=LATER).liftings
    assert line.reason == "He has died."
    clear(case.pk)
    assert not Lifting.objects.exists()
