"""Moving without a trace: asked for, authorised by somebody else, carried out system by system; and who may know where."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from fanlight.casework import access
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.cancel_move import cancel_move
from fanlight.casework.actions.correct_move import correct_move
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.finish_move import finish_move
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.name_knower import end_knowing, name_knower
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Move, Part, Person, Resident, Staff, Way
from fanlight.casework.queries.moving import known_page, move_page, moves_of_case, open_moves
from tests import homes, make
from tests.cast import Cast, hire

NOW = make.later(hours=4)
ADDRESS = "Flat 9, Quillfeather House\nZephyr Lane\nYonderby\nZZ9 9QQ"


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's with somebody at risk in it, who lives at Alder Court, and who did harm there."""
    case = make.make_case(cast)
    home = homes.a_home(1)
    for name, part in (("Maria Novak", "person_at_risk"), ("Piotr Novak", "causing_harm")):
        person = homes.a_person(name)
        homes.lives_in(person, home)
        homes.a_part(case, person, part, cast.asha)
    return case


def part_of(case: Case, part: str = "person_at_risk") -> Part:
    """This function will give somebody in the case by their part."""
    return Part.objects.get(case=case, part=part)


def ask(case: Case, by: Staff, **more: object) -> Move:
    """This function will ask for a move of the person at risk, to an address that stands nowhere else."""
    said = {"part": part_of(case).pk, "reason": "He waits at the door.", "address": ADDRESS, "may_write": True, **more}
    return Move.objects.get(pk=ask_for_move(case=case, by=by, now=NOW, **said))  # type: ignore[arg-type]  # each is what the action takes


def carry_out(case: Case, move: Move, cast: Cast, *, named: tuple[Staff, ...] = ()) -> None:
    """This function will authorise a move, answer for every system, and finish it."""
    ids = [one.pk for one in named]
    decide_on_move(case=case, number=move.pk, authorise=True, named=ids, by=cast.carys, now=NOW)
    for step in move.steps.all():
        answer_move_step(case=case, number=move.pk, step=step.number, answer="done", by=cast.asha, now=NOW)
    finish_move(case=case, number=move.pk, by=cast.asha, now=NOW)


def may_know(case: Case, staff: Staff) -> bool:
    """This function will say whether somebody may know where the person at risk lives."""
    person = part_of(case).person_id
    assert person is not None
    return access.known_in(case, now=NOW).may_know(staff, person)


def test_whoever_writes_an_address_down_knows_that_one_and_no_other(cast: Cast, case: Case) -> None:
    olwen = hire("Olwen", "connect", specialist_team=[])
    move = ask(case, cast.asha)
    carry_out(case, move, cast)
    ask(case, olwen, address="2 Far Road\nZZ8 8ZZ")
    shown = {line.value for line in moves_of_case(olwen, case.reference, now=NOW).addresses}
    assert shown == {"A protected address: ask Asha", "2 Far Road\nZZ8 8ZZ"}
    shown = {line.value for line in moves_of_case(cast.asha, case.reference, now=NOW).addresses}
    assert shown == {ADDRESS, "A protected address: ask Olwen"}


def test_whoever_asks_for_a_move_does_not_authorise_it(cast: Cast, case: Case) -> None:
    move = ask(case, cast.carys)
    with pytest.raises(Refused, match="Somebody else must authorise it"):
        decide_on_move(case=case, number=move.pk, authorise=True, by=cast.carys, now=NOW)
    with pytest.raises(Refused, match="Your role may not authorise"):
        decide_on_move(case=case, number=move.pk, authorise=True, by=cast.asha, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.filter(pk=move.pk).update(decided_by=cast.carys)


def test_a_move_has_the_checklist_of_the_landlord_and_is_done_when_all_of_it_is_answered(
    cast: Cast, case: Case
) -> None:
    move = ask(case, cast.asha)
    asked = settings_of("connect").moving
    assert [step.title for step in move.steps.order_by("number")] == [*asked["tell"], *asked["silent"]]
    with pytest.raises(Refused, match="not authorised"):
        answer_move_step(case=case, number=move.pk, step=1, answer="done", by=cast.asha, now=NOW)
    decide_on_move(case=case, number=move.pk, authorise=True, by=cast.carys, now=NOW)
    with pytest.raises(Faulty, match="13 systems are not answered for yet"):
        finish_move(case=case, number=move.pk, by=cast.asha, now=NOW)
    with pytest.raises(Faulty, match="Say why it is not needed"):
        answer_move_step(case=case, number=move.pk, step=1, answer="not_needed", by=cast.asha, now=NOW)
    for step in move.steps.all():
        answer_move_step(
            case=case, number=move.pk, step=step.number, answer="not_needed", note="Not used.", by=cast.asha, now=NOW
        )
    answer_move_step(case=case, number=move.pk, step=1, answer="done", note="Rang them.", by=cast.carys, now=NOW)
    first = move_page(cast.asha, case.reference, move.pk, now=NOW).tell[0]
    assert first.now
    assert (first.now.answer, first.now.by) == ("done", "Carys")
    assert [one.note for one in first.before] == ["Not used."]
    finish_move(case=case, number=move.pk, by=cast.asha, now=NOW)
    assert Move.objects.get().state == "done"


def test_nobody_knows_the_address_but_who_wrote_it_down_and_whom_the_authoriser_named(cast: Cast, case: Case) -> None:
    olwen = hire("Olwen", "connect", specialist_team=[])
    move = ask(case, cast.asha, named=[olwen.pk])
    assert [may_know(case, one) for one in (cast.asha, olwen, cast.carys)] == [True, False, False]
    assert move_page(cast.asha, case.reference, move.pk, now=NOW).address == ADDRESS
    for staff in (olwen, cast.carys):
        page = move_page(staff, case.reference, move.pk, now=NOW)
        assert page.address == "A protected address: ask Asha"
        assert page.is_withheld
    decide_on_move(case=case, number=move.pk, authorise=True, named=[olwen.pk], by=cast.carys, now=NOW)
    assert [may_know(case, one) for one in (cast.asha, olwen, cast.carys)] == [True, True, False]
    assert move_page(olwen, case.reference, move.pk, now=NOW).address == ADDRESS
    assert moves_of_case(cast.carys, case.reference, now=NOW).addresses[0].value == "A protected address: ask Asha"


def test_nobody_names_themselves(cast: Cast, case: Case) -> None:
    move = ask(case, cast.asha)
    with pytest.raises(Faulty, match="You were not proposed"):
        decide_on_move(case=case, number=move.pk, authorise=True, named=[cast.carys.pk], by=cast.carys, now=NOW)
    with pytest.raises(Refused, match="You cannot name yourself"):
        name_knower(case=case, part=part_of(case).pk, staff=cast.carys, by=cast.carys, now=NOW)
    with pytest.raises(Faulty, match="who see this case"):
        name_knower(case=case, part=part_of(case).pk, staff=cast.bronwen, by=cast.carys, now=NOW)
    assert not may_know(case, cast.carys)


def test_somebody_may_know_it_until_a_day_or_until_it_is_ended(cast: Cast, case: Case) -> None:
    olwen = hire("Olwen", "connect", specialist_team=[])
    ask(case, cast.asha)
    part = part_of(case).pk
    name_knower(case=case, part=part, staff=olwen, until=make.later(hours=5), by=cast.carys, now=NOW)
    assert may_know(case, olwen)
    person = part_of(case).person_id or 0
    assert not access.known_in(case, now=make.later(hours=6)).may_know(olwen, person)
    name_knower(case=case, part=part, staff=olwen, by=cast.carys, now=make.later(hours=6))
    end_knowing(case=case, part=part, staff=olwen, by=cast.carys, now=make.later(hours=7))
    assert not access.known_in(case, now=make.later(hours=8)).may_know(olwen, person)
    page = known_page(cast.carys, case.reference, part, now=make.later(hours=8))
    assert [line.name for line in page.now] == ["Asha"]
    assert [line.name for line in page.before] == ["Olwen", "Olwen"]


def test_who_was_named_and_is_related_since_knows_nothing_any_more(cast: Cast, case: Case) -> None:
    olwen = hire("Olwen", "connect", specialist_team=[])
    move = ask(case, cast.asha)
    decide_on_move(case=case, number=move.pk, authorise=True, named=[olwen.pk], by=cast.carys, now=NOW)
    relate_staff(case=case, staff=olwen, relation="friend", by=cast.carys, now=NOW)
    assert not may_know(case, olwen)
    for asked in (moves_of_case, lambda *a, **k: move_page(*a, move.pk, **k), lambda *a, **k: known_page(*a, 1, **k)):
        with pytest.raises(NotFound):
            asked(olwen, case.reference, now=NOW)
    assert open_moves(olwen, now=NOW).total == 0


def test_from_the_day_that_a_move_is_asked_for_the_person_is_marked_and_a_cancelled_one_unmarks_them(
    cast: Cast, case: Case
) -> None:
    person = Person.objects.get(pk=part_of(case).person_id)
    assert not person.is_protected
    move = ask(case, cast.asha)
    assert make_fresh(person).is_protected
    cancel_move(case=case, number=move.pk, reason="She stays.", by=cast.asha, now=NOW)
    assert not make_fresh(person).is_protected
    assert Way.objects.get(kind="post").ended_at == NOW
    # What was written down stays withheld, even where the move came to nothing.
    assert moves_of_case(cast.carys, case.reference, now=NOW).addresses[0].is_withheld
    assert ask(case, cast.asha).state == "asked"


def make_fresh(person: Person) -> Person:
    """This function will read a person again."""
    return Person.objects.get(pk=person.pk)


def test_one_move_of_somebody_is_open_at_a_time_and_none_of_the_person_causing_harm(cast: Cast, case: Case) -> None:
    ask(case, cast.asha)
    with pytest.raises(Faulty, match="open already"):
        ask(case, cast.asha)
    with pytest.raises(Faulty, match="Say who moves"):
        ask(case, cast.asha, part=part_of(case, "causing_harm").pk)


def test_the_old_home_is_ended_and_hidden_and_the_new_one_is_hidden_from_the_start(cast: Cast, case: Case) -> None:
    new = homes.a_home(7)
    move = ask(case, cast.asha, address="", home="H000007")
    assert move.way
    assert move.way.value.splitlines()[0] == "7 Alder Court"
    person = part_of(case).person
    assert person is not None
    post = Way.objects.create(
        landlord_id="connect", person=person, case=case, kind="post", at=NOW, by=cast.asha, standing="safe"
    )
    post.value = "1 Alder Court, Exampleton, ZZ1 1ZZ"
    post.value_index = Resident.objects.get(person=person).home.address_index
    post.save()
    carry_out(case, move, cast)
    lived = {row.home_id: row for row in Resident.objects.filter(person=person)}
    assert all(row.is_hidden for row in lived.values())
    assert lived[new.pk].to_on is None
    assert [row.to_on for home, row in lived.items() if home != new.pk] == [NOW.date()]
    others = Resident.objects.exclude(person=person)
    assert [(row.is_hidden, row.to_on) for row in others] == [(False, None)]
    # Post to where she lived is not safe any more.
    standing = Way.objects.filter(person=person, ended_at=None).values_list("standing", "is_protected")
    assert set(standing) == {("unsafe", False), ("safe", True)}
    assert make_fresh(person).is_protected


def test_where_they_live_now_is_no_new_address(cast: Cast, case: Case) -> None:
    for where in ({"address": "1 Alder Court\nExampleton\nZZ1 1ZZ"}, {"address": "", "home": "H000001"}):
        with pytest.raises(Faulty, match="That is where they live now"):
            ask(case, cast.asha, **where)
    with pytest.raises(Faulty, match="No home of ours"):
        ask(case, cast.asha, home="H999999")


def test_another_address_is_authorised_anew_by_somebody_who_wrote_down_neither(cast: Cast, case: Case) -> None:
    move = ask(case, cast.asha)
    decide_on_move(case=case, number=move.pk, authorise=True, by=cast.carys, now=NOW)
    correct_move(case=case, number=move.pk, reason="Next week.", moves_on=NOW.date(), by=cast.asha, now=NOW)
    assert Move.objects.get().state == "authorised"
    correct_move(
        case=case,
        number=move.pk,
        reason="The flat fell through.",
        address="2 Far Road\nZZ8 8ZZ",
        by=cast.carys,
        now=NOW,
    )
    assert Move.objects.get().state == "asked"
    with pytest.raises(Refused, match="Somebody else must authorise it"):
        decide_on_move(case=case, number=move.pk, authorise=True, by=cast.carys, now=NOW)
    with pytest.raises(Faulty, match="Say what is to be put right"):
        correct_move(case=case, number=move.pk, reason="Nothing.", by=cast.asha, now=NOW)


def test_an_address_that_was_said_before_is_withheld_once_it_is_protected(cast: Cast, case: Case) -> None:
    person = part_of(case).person
    move = ask(case, cast.asha)
    assert person is not None
    assert move.way is not None
    again = Way(landlord_id="connect", person=person, case=case, kind="visit", at=NOW, by=cast.asha)
    again.value, again.value_index = ADDRESS, move.way.value_index
    again.save()
    shown = moves_of_case(cast.carys, case.reference, now=NOW).addresses
    assert [line.value for line in shown] == ["A protected address: ask Asha"] * 2


def test_whoever_sees_a_case_in_an_emergency_alone_asks_for_no_move_and_is_told_no_address(
    cast: Cast, case: Case, open_it: Callable[[Case, Staff], None]
) -> None:
    ask(case, cast.asha)
    open_it(case, cast.bronwen)
    assert moves_of_case(cast.bronwen, case.reference, now=NOW).addresses[0].is_withheld
    with pytest.raises(Refused, match="in an emergency"):
        ask(case, cast.bronwen)


@pytest.fixture
def open_it() -> Callable[[Case, Staff], None]:
    """This function will open a case to somebody in an emergency."""
    from fanlight.casework.actions.open_in_emergency import open_in_emergency

    def opened(case: Case, staff: Staff) -> None:
        open_in_emergency(reference=case.reference, purpose="danger", reason="She rang.", by=staff, now=NOW)

    return opened


def test_the_list_of_open_moves_is_for_who_authorises_and_for_who_leads(cast: Cast, case: Case) -> None:
    ask(case, cast.asha)
    assert open_moves(cast.carys, now=NOW).total == 1
    assert open_moves(cast.asha, now=NOW).total == 1
    assert open_moves(cast.bronwen, now=NOW).total == 0
    assert open_moves(cast.carys, now=NOW).items[0].name == ""
    with pytest.raises(Refused):
        open_moves(cast.gwen, now=NOW)


def test_what_is_written_down_of_where_a_protected_person_lives_is_protected_from_the_start(
    cast: Cast, case: Case
) -> None:
    part = part_of(case).pk
    say_way(case=case, part=part, kind="post", value="3 Mill Road, ZZ3 3ZZ", by=cast.carys, now=make.later(hours=2))
    ask(case, cast.asha, address="")
    say_way(case=case, part=part, kind="visit", value="2 Far Road, ZZ8 8ZZ", by=cast.carys, now=NOW)
    say_way(case=case, part=part, kind="phone", value="07700 900123", by=cast.carys, now=NOW)
    protected = set(Way.objects.values_list("kind", "is_protected"))
    assert protected == {("post", False), ("visit", True), ("phone", False)}
    assert moves_of_case(cast.asha, case.reference, now=NOW).addresses[0].value == "A protected address: ask Carys"
    assert "2 Far Road" in moves_of_case(cast.carys, case.reference, now=NOW).addresses[0].value


def test_two_who_are_one_are_protected_together_and_who_may_know_it_still_does(cast: Cast, case: Case) -> None:
    move = ask(case, cast.asha)
    carry_out(case, move, cast)
    again, elsewhere = homes.a_person("Maria Nowak"), homes.a_home(5)
    homes.lives_in(again, elsewhere)
    person = part_of(case).person_id or 0
    merge_people(person=person, into=again.pk, reason="The same birthday and number.", by=cast.carys, now=NOW)
    assert Person.objects.get(pk=again.pk).is_protected
    assert Resident.objects.get(home=elsewhere).is_hidden
    assert moves_of_case(cast.asha, case.reference, now=NOW).addresses[0].value == ADDRESS
    assert moves_of_case(cast.carys, case.reference, now=NOW).addresses[0].is_withheld
    page = move_page(cast.asha, case.reference, move.pk, now=NOW)
    assert (page.line.name, page.address) == ("Maria Novak", ADDRESS)
    assert [line.name for line in known_page(cast.carys, case.reference, part_of(case).pk, now=NOW).now] == ["Asha"]


def test_a_move_while_two_were_one_stays_with_whose_case_it_is_when_they_are_taken_apart(
    cast: Cast, case: Case
) -> None:
    maria, other = part_of(case).person, homes.a_person("Mari Nowak")
    assert maria is not None
    homes.lives_in(other, homes.a_home(2))
    new = homes.a_home(88)
    merge = merge_people(person=maria.pk, into=other.pk, reason="The same card.", by=cast.carys, now=NOW)
    move = ask(case, cast.asha, home="H000088")
    assert move.person == other
    carry_out(case, move, cast)
    unmerge_people(merge=merge.pk, reason="Two cousins.", by=cast.carys, now=NOW)
    maria.refresh_from_db()
    other.refresh_from_db()
    assert (maria.is_protected, other.is_protected) == (True, False)
    assert Move.objects.get().person == maria
    assert may_know(case, cast.asha)
    (line,) = moves_of_case(cast.asha, case.reference, now=NOW).moves
    assert line.name == "Maria Novak"
    assert Resident.objects.get(home=new).person == maria


def test_who_was_hidden_for_being_one_with_somebody_protected_is_seen_again_when_they_are_taken_apart(
    cast: Cast, case: Case
) -> None:
    other = homes.a_person("Mari Nowak")
    homes.lives_in(other, homes.a_home(2))
    before = list(Resident.objects.filter(person=other).values())
    carry_out(case, ask(case, cast.asha), cast)
    maria = part_of(case).person
    assert maria is not None
    merge = merge_people(person=maria.pk, into=other.pk, reason="The same card.", by=cast.carys, now=NOW)
    other.refresh_from_db()
    assert other.is_protected
    assert list(Resident.objects.filter(person=other).values()) != before
    unmerge_people(merge=merge.pk, reason="Two cousins.", by=cast.carys, now=NOW)
    other.refresh_from_db()
    maria.refresh_from_db()
    assert (maria.is_protected, other.is_protected) == (True, False)
    assert list(Resident.objects.filter(person=other).values()) == before
