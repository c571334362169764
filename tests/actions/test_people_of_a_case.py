"""How the people of a case stand to one another, what is said of a child, and parts that change: appended to, never overwritten."""

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.add_staff import add_staff
from fanlight.casework.actions.change_part import change_part
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.end_relation import end_relation
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.actions.strike_relation import strike_relation
from fanlight.casework.models import Case, ChildSaid, Part, PartChange, Relation
from fanlight.casework.models.relations import KINDS
from fanlight.policy.vocabulary import CONNECTIONS
from tests import make
from tests.cast import Cast

NOW = make.later(hours=1)
LATER = make.later(days=1)


def named(case: Case, cast: Cast, part: str, name: str) -> int:
    """This function will name somebody in a case, and give the number of their part."""
    return add_part(case=case, name=name, part=part, by=cast.carys, now=NOW)


@pytest.fixture
def people(cast: Cast) -> tuple[Case, int, int, int]:
    """This function will make a case with somebody at risk, somebody causing harm, and a child."""
    case = make.make_case(cast)
    return (
        case,
        named(case, cast, "person_at_risk", "Maria Novak"),
        named(case, cast, "causing_harm", "Piotr Novak"),
        named(case, cast, "child", "Ela Novak"),
    )


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_two_people_are_related_in_each_way_present_or_past(
    kind: str, people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, one, other, _ = people
    for is_past in (True, False, None):
        number = relate_people(
            case=case, one=one, other=other, kind=kind, is_past=is_past, note="Since 2019.", by=cast.asha, now=NOW
        )
        row = Relation.objects.get(pk=number)
        assert (row.kind, row.is_past, row.note, row.holds) == (kind, is_past, "Since 2019.", True)
        assert b"2019" not in bytes(row.sealed_note)


def test_the_seven_ways_of_the_act_are_all_there() -> None:
    assert [kind for kind, _ in KINDS[:7]] == [way for way, _ in CONNECTIONS]


def test_what_was_said_is_ended_and_taken_back_by_saying_more_and_nothing_is_changed(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, one, other, _ = people
    first = relate_people(case=case, one=one, other=other, kind="married", by=cast.asha, now=NOW)
    ended = end_relation(case=case, number=first, note="Divorced in May.", by=cast.asha, now=LATER)
    struck = strike_relation(case=case, number=ended, reason="It was her sister.", by=cast.asha, now=LATER)
    rows = Relation.objects.order_by("pk")
    assert [(row.pk, row.is_past, row.holds, row.answers_id) for row in rows] == [
        (first, None, True, None),
        (ended, True, True, first),
        (struck, True, False, ended),
    ]
    for number in (first, ended, struck):
        with pytest.raises(Faulty, match="changed that since"):
            end_relation(case=case, number=number, by=cast.asha, now=LATER)


def test_what_is_over_is_not_ended_again_and_nothing_is_taken_back_without_a_reason(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, one, other, _ = people
    number = relate_people(case=case, one=one, other=other, kind="intimate", is_past=True, by=cast.asha, now=NOW)
    with pytest.raises(Faulty, match="over already"):
        end_relation(case=case, number=number, by=cast.asha, now=LATER)
    with pytest.raises(Faulty, match="recorded in error"):
        strike_relation(case=case, number=number, reason=" - ", by=cast.asha, now=LATER)


def test_only_two_people_of_one_case_are_related_and_never_somebody_to_themselves(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, one, other, _ = people
    elsewhere = named(make.make_case(cast), cast, "causing_harm", "Somebody Else")
    for first, second, kind in (
        (one, one, "married"),
        (one, elsewhere, "married"),
        (one, 0, "married"),
        (one, other, "x"),
    ):
        with pytest.raises(Faulty):
            relate_people(case=case, one=first, other=second, kind=kind, by=cast.asha, now=NOW)


def test_nobody_writes_of_people_in_a_case_that_they_do_not_see_or_may_not_write_in(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, one, other, child = people
    deeds = (
        lambda by: relate_people(case=case, one=one, other=other, kind="married", by=by, now=NOW),
        lambda by: describe_child(case=case, part=child, school="Any", by=by, now=NOW),
        lambda by: change_part(case=case, part=child, becomes="witness", why="error", reason="Of age", by=by, now=NOW),
    )
    for deed in deeds:
        for by in (cast.bronwen, cast.dev, cast.gwen, cast.huw, cast.iris, cast.farah):
            with pytest.raises((NotFound, Refused)):
                deed(by)


def test_a_part_that_changes_stays_on_the_record_as_it_was_and_the_story_tells_it(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, _, _, child = people
    change_part(case=case, part=child, becomes="witness", why="learned", reason="She is 19.", by=cast.asha, now=LATER)
    assert Part.objects.get(pk=child).part == "witness"
    change = PartChange.objects.get()
    assert (change.was, change.became, change.reason) == ("child", "witness", "She is 19.")
    assert "child before, witness now" in make.told_last(case, "learned").note
    with pytest.raises(Faulty, match="already"):
        change_part(case=case, part=child, becomes="witness", why="error", reason="x", by=cast.asha, now=LATER)


def test_a_counter_allegation_never_exchanges_the_person_at_risk_and_the_person_causing_harm(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, at_risk, causing_harm, _ = people
    for part, becomes in ((at_risk, "causing_harm"), (causing_harm, "person_at_risk")):
        with pytest.raises(Faulty, match="record that as a fact"):
            change_part(
                case=case, part=part, becomes=becomes, why="learned", reason="He says so.", by=cast.asha, now=LATER
            )
    assert not PartChange.objects.exists()
    change_part(
        case=case, part=at_risk, becomes="causing_harm", why="error", reason="Names mixed up.", by=cast.asha, now=LATER
    )
    assert Part.objects.get(pk=at_risk).part == "causing_harm"


def test_a_colleague_who_becomes_a_party_makes_the_case_one_about_a_colleague(cast: Cast) -> None:
    case = make.make_case(cast)
    witness = add_part(case=case, name="Eve", part="witness", staff_email=cast.eve.email, by=cast.carys, now=NOW)
    assert not make.fresh(case).restricted
    change_part(
        case=case, part=witness, becomes="causing_harm", why="learned", reason="It is her.", by=cast.carys, now=LATER
    )
    assert make.fresh(case).restricted
    with pytest.raises(NotFound):
        change_part(
            case=case, part=witness, becomes="witness", why="error", reason="It is not.", by=cast.asha, now=LATER
        )


def test_what_is_said_of_a_child_is_sealed_and_what_was_said_before_stays(
    people: tuple[Case, int, int, int], cast: Cast
) -> None:
    case, at_risk, _, child = people
    describe_child(case=case, part=child, lives="With her mother", school="The primary", by=cast.asha, now=NOW)
    describe_child(case=case, part=child, lives="With her aunt", responsibility="Both", by=cast.asha, now=LATER)
    rows = ChildSaid.objects.order_by("pk")
    assert [(row.lives, row.school, row.responsibility) for row in rows] == [
        ("With her mother", "The primary", ""),
        ("With her aunt", "", "Both"),
    ]
    assert b"mother" not in bytes(rows[0].sealed_lives)
    with pytest.raises(Faulty):
        describe_child(case=case, part=child, lives=" ", by=cast.asha, now=LATER)
    with pytest.raises(Faulty):
        describe_child(case=case, part=at_risk, lives="Here", by=cast.asha, now=LATER)


def test_all_of_it_goes_with_the_case(people: tuple[Case, int, int, int], cast: Cast) -> None:
    case, one, other, child = people
    number = relate_people(case=case, one=one, other=other, kind="married", by=cast.asha, now=NOW)
    end_relation(case=case, number=number, by=cast.asha, now=LATER)
    describe_child(case=case, part=child, school="The primary", by=cast.asha, now=NOW)
    change_part(case=case, part=child, becomes="witness", why="error", reason="Of age", by=cast.asha, now=LATER)
    clear(case.pk)
    assert not any(model.objects.filter(case=case).exists() for model in (Relation, ChildSaid, PartChange, Part))


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\x07", "\U000e0041"])
def test_a_name_with_a_character_that_nobody_sees_is_refused_wherever_somebody_is_named(
    unseen: str, cast: Cast
) -> None:
    case = make.make_case(cast)
    with pytest.raises(Faulty, match="nobody sees") as raised:
        named(case, cast, "witness", f"Maria {unseen}Novak")
    assert list(raised.value.faults) == ["name"]
    people = [NewPart(part="witness", name=f"Maria {unseen}Novak")]
    with pytest.raises(Faulty, match="nobody sees"):
        report_abuse(fields={"source": "survivor"}, facts={"about": "customer"}, people=people, by=cast.iris, now=NOW)
    with pytest.raises(Faulty, match="nobody sees"):
        add_staff(
            landlord=case.landlord, name=f"Rhi{unseen}an", email="rhian@connect.example", roles={}, by=None, now=NOW
        )


@pytest.mark.parametrize("name", ["\u0646\u06cc\u200c\u0632\u0631", "Siân\u00a0Prŷs", "क्\u200dष", "O\u2019Neil"])
def test_a_name_is_written_as_its_language_writes_it(name: str, cast: Cast) -> None:
    case = make.make_case(cast)
    assert Part.objects.get(pk=named(case, cast, "witness", name)).name == name
