"""Interviews: in private, a supporter of their choice, a professional interpreter whom they accept, no children present."""

from typing import Any

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.reaching import NotSafe, Reach
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.models import Case, Entry, Interview, Log, Part
from fanlight.casework.queries.interviews import interviews_page
from tests import make
from tests.cast import OTHER_PATCH, Cast, hire

NOW = make.later(hours=1)
RIGHT = {"private": True, "children_present": False, "interpreter": "none"}
BOOKED = {"interpreter": "professional", "interpreter_accepted": True}


@pytest.fixture
def told(cast: Cast) -> tuple[Case, int]:
    """This function will make a case with somebody at risk and somebody causing harm."""
    case = make.make_case(cast)
    add_part(case=case, name="Piotr Novak", part="causing_harm", by=cast.asha, now=NOW)
    return case, add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=NOW)


def interview(told: tuple[Case, int], cast: Cast, **more: Any) -> int:
    """This function will record an interview, as it should be unless it says otherwise."""
    case, part = told
    said: dict[str, Any] = {"fields": RIGHT, "reach": Reach("in_person", part), "by": cast.asha, "now": NOW}
    return record_interview(case=case, **{**said, **more})


def test_an_interview_keeps_who_was_there_and_who_interpreted(told: tuple[Case, int], cast: Cast) -> None:
    interview(
        told,
        cast,
        fields={**RIGHT, "supporter": True, "interpreter": "professional", "interpreter_accepted": True},
        facts={"children": True},
        with_them="Ann, her sister",
        interpreted_by="R. Patel, Word for Word",
        note="She was seen at the library.",
    )
    (line,) = interviews_page(cast.asha, told[0].reference, now=NOW).interviews
    assert (line.name, line.supporter, line.interpreter, line.wrong, line.note) == (
        *("Maria Novak", "Ann, her sister", "R. Patel, Word for Word", ()),
        "She was seen at the library.",
    )
    payload = make.told_last(told[0], "interview").told.payload
    assert (payload["fields"]["interpreter"], payload["facts"]) == ("professional", {"children": True})
    row = Interview.objects.get()
    assert not any(word in bytes(row.sealed_supporter) + bytes(row.sealed_interpreter) for word in (b"Ann", b"Patel"))


@pytest.mark.parametrize(
    ("fields", "more", "at", "word"),
    [
        ({"private": False}, {}, "private", "not_private"),
        ({"children_present": True}, {}, "children_present", "child_present"),
        ({"interpreter": "professional"}, {"interpreted_by": "R. Patel"}, "interpreter_accepted", "not_accepted"),
        ({"supporter": False}, {"with_them": "Ann"}, "supporter", "supporter_not_theirs"),
        ({"supporter": True}, {"with_them": "piotr NOVAK"}, "supporter", "supporter_of_the_other"),
        (BOOKED, {"interpreted_by": "Novak, Piotr (Word for Word)"}, "interpreted_by", "interpreter_of_the_other"),
        (BOOKED, {"interpreted_by": "Peter Novack"}, "interpreted_by", "interpreter_of_the_other"),
    ],
)
def test_what_is_not_right_is_said_before_it_is_saved_and_kept_with_the_reason_where_it_was_so(
    fields: dict[str, Any], more: dict[str, str], at: str, word: str, told: tuple[Case, int], cast: Cast
) -> None:
    with pytest.raises(Faulty) as faulty:
        interview(told, cast, fields=RIGHT | fields, **more)
    assert set(faulty.value.faults) == {at, "reason"}
    assert not Entry.objects.filter(kind="interview").exists()
    interview(told, cast, fields=RIGHT | fields, **more, reason="She came with the baby, and would not come again.")
    (line,) = interviews_page(cast.asha, told[0].reference, now=NOW).interviews
    assert line.wrong
    assert line.reason == "She came with the baby, and would not come again."
    row = Log.objects.filter(what="record_interview").order_by("-pk").first()
    assert row is not None
    assert row.detail["not_right"] == [word]


def test_a_relative_of_the_person_causing_harm_does_not_interpret_nor_support_without_a_word(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, _ = told
    harm = Part.objects.get(case=case, part="causing_harm").pk
    brother = add_part(case=case, name="Cathal O'Mara", part="other", by=cast.asha, now=NOW)
    relate_people(case=case, one=brother, other=harm, kind="relatives", by=cast.asha, now=NOW)
    for more in ({"interpreted_by": "OMara, Cathal", "fields": RIGHT | BOOKED}, {"with_them": "Cathal OMara"}):
        with pytest.raises(Faulty, match="Make sure who it is"):
            interview(told, cast, **more)
    interview(told, cast, fields=RIGHT | BOOKED, interpreted_by="Olwen Price, Word for Word")


def test_what_nobody_said_is_asked_and_an_interpreter_is_named(told: tuple[Case, int], cast: Cast) -> None:
    with pytest.raises(Faulty) as faulty:
        interview(told, cast, fields={})
    assert set(faulty.value.faults) == {"private", "children_present", "interpreter"}
    with pytest.raises(Faulty) as faulty:
        interview(
            told, cast, fields=RIGHT | {"interpreter": "professional", "interpreter_accepted": True}, reason="Rushed."
        )
    assert set(faulty.value.faults) == {"interpreted_by"}


def test_the_safe_contact_gate_stands_before_an_interview_and_a_relative_does_not_interpret(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    with pytest.raises(NotSafe):
        interview(told, cast, fields=RIGHT | {"interpreter": "other"}, interpreted_by="Her cousin", reason="Rushed.")
    with pytest.raises(Faulty):
        interview(told, cast, reach=None)
    child = add_part(case=case, name="Ela Novak", part="child", by=cast.asha, now=NOW)
    with pytest.raises(NotSafe):
        interview(told, cast, reach=Reach("in_person", child))
    with pytest.raises(Faulty, match="A child is not interviewed"):
        interview(told, cast, reach=Reach("in_person", child, through="safe_parent"))
    assert not Interview.objects.exists()
    assert part


def test_a_gate_of_the_policy_stands_whatever_the_reason(db: None) -> None:
    lead = hire("Gwilym", "tai-calon", housing_manager=[])
    case = make.make_report(lead, patch=None)
    open_case(case=case, outcome="safeguarding_contact", by=lead, now=NOW)
    reach = Reach("in_person")
    for wrong in ({"private": False}, {"children_present": True}):
        with pytest.raises(Stopped):
            record_interview(
                case=make.fresh(case), fields=RIGHT | wrong, reach=reach, reason="It was so.", by=lead, now=NOW
            )
    assert not Interview.objects.exists()


def test_an_interview_is_recorded_in_no_other_way_and_by_nobody_who_does_not_see_the_case(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    with pytest.raises(Refused, match="Interviews"):
        record_entry(case=case, kind="interview", fields=RIGHT, reach=Reach("in_person", part), by=cast.asha, now=NOW)
    for stranger in (cast.bronwen, cast.dev, cast.gwen):
        with pytest.raises(NotFound):
            interview(told, cast, by=stranger)
        with pytest.raises(NotFound):
            interviews_page(stranger, case.reference, now=NOW)


def test_whoever_has_the_case_open_in_an_emergency_does_not_decide_in_an_interview_who_sees_it(
    told: tuple[Case, int], cast: Cast
) -> None:
    open_in_emergency(reference=told[0].reference, purpose="danger", reason="She rang.", by=cast.bronwen, now=NOW)
    with pytest.raises(Refused, match="in an emergency"):
        interview(told, cast, facts={"patch": OTHER_PATCH}, by=cast.bronwen)
    interview(told, cast, facts={"children": True}, by=cast.bronwen)


def test_nothing_of_interviews_is_left_when_the_case_is_disposed_of(told: tuple[Case, int], cast: Cast) -> None:
    interview(told, cast)
    clear(told[0].pk)
    assert not Interview.objects.exists()
