"""The record: appended to and never changed, whoever asks and however."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.record_entry import record, record_entry
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Entry, Log
from fanlight.casework.queries.case_page import case_page
from tests import make
from tests.cast import Cast


def entries(case: Case) -> list[tuple[int, str]]:
    """This function will give the sequence and kind of every entry of a case."""
    return list(Entry.objects.filter(case=case).order_by("sequence").values_list("sequence", "kind"))


@pytest.mark.parametrize("table", ["casework_entry", "casework_log"])
@pytest.mark.parametrize("change", ["update {} set at = at", "delete from {}"])
def test_the_database_itself_refuses_to_change_or_delete_the_record_and_the_log(
    cast: Cast, table: str, change: str
) -> None:
    make.make_case(cast)
    count = f"select count(*) from {table}"
    with connection.cursor() as cursor:
        cursor.execute(count)
        before = cursor.fetchone()
        with pytest.raises(DatabaseError, match="appended to and never changed"), transaction.atomic():
            cursor.execute(change.format(table))
        cursor.execute(count)
        assert cursor.fetchone() == before
    assert before != (0,)


def test_a_report_opens_a_case_at_once_and_its_duties_run(cast: Cast) -> None:
    case = make.make_report(cast.iris, immediate_danger=True)
    assert (case.reference, case.status, case.danger, case.opened_at) == (
        "CO-2026-000001",
        "new",
        True,
        make.MORNING,
    )
    assert (case.next_is, case.next_at) == ("triage", make.later(hours=2))
    assert entries(case) == [(1, "report")]
    assert case.duties.filter(state="open").exists()


def test_references_count_up_for_each_landlord_and_each_year_in_london(cast: Cast) -> None:
    new_year = make.MORNING.replace(year=2027, month=1, day=1, hour=0, minute=30)
    made = [
        make.make_report(cast.iris),
        make.make_report(cast.asha),
        make.make_report(cast.dev, patch=None),
        make.make_report(cast.iris, now=new_year),
    ]
    assert [case.reference for case in made] == [
        "CO-2026-000001",
        "CO-2026-000002",
        "ON-2026-000001",
        "CO-2027-000001",
    ]


def test_an_entry_typed_in_late_keeps_both_moments(cast: Cast) -> None:
    case = make.make_case(cast)
    contact = make.make_entry(
        case, "contact", cast.asha, at=make.later(hours=2), now=make.later(days=2), result="spoke", safe=True
    )
    row = Entry.objects.get(case=case, sequence=contact)
    assert (row.at, row.recorded_at) == (make.later(hours=2), make.later(days=2))
    assert make.fresh(case).first_contact_at == make.later(hours=2)
    line = next(
        line for line in case_page(cast.asha, case.reference, now=make.later(days=2)).story if line.sequence == contact
    )
    assert line.typed_late


def test_a_moment_that_is_still_to_come_is_refused_beside_its_field(cast: Cast) -> None:
    case = make.make_case(cast)
    now = make.later(hours=1)
    with pytest.raises(Faulty) as faulty:
        make.make_entry(case, "visit", cast.asha, at=now + timedelta(seconds=1), now=now)
    assert faulty.value.faults == {"at": ("That moment is still to come: record it when it has been done.",)}
    assert make.make_entry(case, "visit", cast.carys, at=now, now=now) == make.fresh(case).last_sequence


def test_an_answer_must_answer_an_entry_that_there_is_and_that_makes_sense(cast: Cast) -> None:
    case = make.make_case(cast)
    now = make.later(hours=1)
    for of in (None, 99, 1):
        with pytest.raises(Faulty) as faulty:
            make.make_entry(case, "receipt", cast.asha, of=of, now=now)
        assert list(faulty.value.faults) == ["of_sequence"], of
    assert make.fresh(case).last_sequence == case.last_sequence


def test_what_is_not_of_the_vocabulary_is_named_field_by_field_and_nothing_is_written(cast: Cast) -> None:
    case = make.make_case(cast)
    now = make.later(hours=1)
    with pytest.raises(Faulty) as faulty:
        make.make_entry(case, "contact", cast.asha, now=now, result="shouted", safe="perhaps", facts={"score": "many"})
    assert set(faulty.value.faults) == {"result", "safe", "score"}
    with pytest.raises(Faulty) as faulty:
        make.make_entry(case, "telephoned", cast.asha, now=now)
    assert list(faulty.value.faults) == ["kind"]
    with pytest.raises(Faulty):
        make.make_entry(case, "learned", cast.asha, now=now, id="e1")
    assert make.fresh(case).last_sequence == case.last_sequence


def test_an_assessment_of_our_own_without_a_score_is_sent_back_to_that_field(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Faulty) as faulty:
        make.make_entry(case, "assessment", cast.asha, now=make.later(hours=1), by="us")
    assert set(faulty.value.faults) == {"score", "judged_high"}


def test_characters_that_no_database_holds_are_left_out(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = make.make_entry(
        case, "review", cast.asha, now=make.later(hours=1), reason="All\x00 quiet", note="\x00Siân \ud800said so "
    )
    row = make.told(case)[sequence - 1]
    assert (row.told.payload["fields"], row.note) == ({"reason": "All quiet"}, "Siân said so")


def test_the_second_of_two_writers_is_shown_what_the_first_wrote_and_nothing_is_lost(cast: Cast) -> None:
    case = make.make_case(cast)
    seen = case.last_sequence
    answer_question(case=case, facts={"children": True}, expected_sequence=seen, by=cast.asha, now=make.later(hours=1))
    with pytest.raises(Conflict) as conflict:
        answer_question(
            case=case, facts={"children": False}, expected_sequence=seen, by=cast.carys, now=make.later(hours=2)
        )
    assert [(line.sequence, line.kind, line.by) for line in conflict.value.since] == [(seen + 1, "learned", "Asha")]
    assert conflict.value.last_sequence == seen + 1
    again = answer_question(
        case=case, facts={"children": False}, expected_sequence=seen + 1, by=cast.carys, now=make.later(hours=2)
    )
    assert again == seen + 2


def test_a_closed_case_takes_a_report_a_strike_and_its_reopening_and_nothing_else(cast: Cast) -> None:
    case = make.make_case(cast)
    mistaken = make.make_entry(case, "visit", cast.carys, now=make.later(hours=1))
    close_case(case=case, reason="They have moved", by=cast.asha, now=make.later(days=1))
    closed = make.fresh(case)
    assert (closed.status, closed.closed_at, closed.next_at, closed.next_is) == ("closed", make.later(days=1), None, "")
    now = make.later(days=2)
    with pytest.raises(Refused, match="closed"):
        make.make_entry(case, "visit", cast.asha, now=now)
    with pytest.raises(Refused, match="closed"):
        close_case(case=case, reason="Again", by=cast.asha, now=now)
    make.make_entry(case, "report", cast.asha, now=now, source="neighbour")
    strike_entry(case=case, sequence=mistaken, reason="Another case", by=cast.carys, now=now)
    assert make.fresh(case).status == "closed"
    reopen_case(case=case, reason="It has begun again", by=cast.asha, now=now)
    assert make.fresh(case).status == "open"
    with pytest.raises(Refused, match="not closed"):
        reopen_case(case=case, reason="Once more", by=cast.asha, now=now)


def test_closing_reopening_and_striking_need_a_reason(cast: Cast) -> None:
    case = make.make_case(cast)
    now = make.later(days=1)
    for act in (
        lambda: close_case(case=case, reason=" ", by=cast.asha, now=now),
        lambda: strike_entry(case=case, sequence=2, reason="", by=cast.carys, now=now),
        lambda: reopen_case(case=case, reason="", by=cast.asha, now=now),
    ):
        with pytest.raises(Faulty) as faulty:
            act()
        assert list(faulty.value.faults) == ["reason"]


def test_a_struck_entry_stays_on_the_record_and_counts_for_nothing(cast: Cast) -> None:
    case = make.make_case(cast)
    contact = make.make_entry(case, "contact", cast.asha, now=make.later(hours=1), result="spoke", safe=True)
    assert make.fresh(case).first_contact_at == make.later(hours=1)
    strike = strike_entry(
        case=case, sequence=contact, reason="That was another case", by=cast.carys, now=make.later(hours=2)
    )
    assert make.fresh(case).first_contact_at is None
    story = {line.sequence: line for line in case_page(cast.asha, case.reference, now=make.later(hours=2)).story}
    assert (story[contact].struck_by, story[strike].struck_by) == (strike, None)
    with pytest.raises(Faulty):
        strike_entry(case=case, sequence=contact, reason="Twice", by=cast.carys, now=make.later(hours=3))


def test_the_only_report_of_a_case_cannot_be_struck(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Refused, match="only report"):
        strike_entry(case=case, sequence=1, reason="A mistake", by=cast.carys, now=make.later(hours=1))


def test_a_gate_stops_an_entry_and_says_its_clause(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Stopped) as stopped:
        make.make_entry(case, "share", cast.asha, now=make.later(hours=1), to="solicitor", ground="consent")
    assert [(gate.gate, gate.clause, gate.override, gate.may_override) for gate in stopped.value.gates] == [
        ("share-with-ground", "3/11, 6/sharing", "emergency", True)
    ]
    assert make.fresh(case).last_sequence == case.last_sequence
    make.make_entry(case, "consent", cast.asha, now=make.later(hours=1), to="solicitor", given=True)
    make.make_entry(case, "share", cast.asha, now=make.later(hours=2), to="solicitor", ground="consent")


def test_an_override_with_a_reason_goes_on_the_record_before_the_entry_that_it_frees(cast: Cast) -> None:
    case = make.make_case(cast)

    def share(reason: str) -> int:
        draft = Draft("share", {"to": "solicitor", "ground": "immediate_harm"})
        overrides = [("share-with-ground", reason)]
        return record("record_share", case, draft, overrides=overrides, by=cast.asha, now=make.later(hours=1))

    with pytest.raises(Faulty) as faulty:
        share(" ")
    assert list(faulty.value.faults) == ["override:share-with-ground"]
    sequence = share("The hearing is this afternoon")
    assert entries(case)[-2:] == [(sequence - 1, "override"), (sequence, "share")]
    override = make.told_last(case, "override").told
    assert (override.of_sequence, override.by_id, override.payload["fields"]) == (
        sequence,
        cast.asha.pk,
        {"gate": "share-with-ground", "reason": "The hearing is this afternoon", "by": "case_officer"},
    )
    assert Log.objects.latest("pk").detail["overrode"] == ["share-with-ground"]


def test_a_gate_without_an_override_cannot_be_set_aside_by_anybody(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Refused):
        record_entry(
            case=case,
            kind="family_contact",
            reach=make.reached("family_contact"),
            overrides=[("no-family-contact", "They asked me to")],
            by=cast.carys,
            now=make.later(hours=1),
        )
    with pytest.raises(Stopped) as stopped:
        make.make_entry(case, "family_contact", cast.carys, now=make.later(hours=1))
    assert [gate.may_override for gate in stopped.value.gates] == [False]
    assert make.fresh(case).last_sequence == case.last_sequence


def test_nobody_writes_in_a_case_that_they_may_not_see(cast: Cast) -> None:
    case = make.make_case(cast)
    for stranger in (cast.bronwen, cast.dev, cast.farah, cast.gwen, cast.huw, cast.iris):
        with pytest.raises(NotFound):
            make.make_entry(case, "visit", stranger, now=make.later(hours=1))
    assert make.fresh(case).last_sequence == case.last_sequence


def test_an_override_is_recorded_with_what_it_frees_and_never_alone(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Refused, match="together with the entry"):
        make.make_entry(case, "override", cast.carys, now=make.later(hours=1), gate="consent", reason="Because", by="x")


def test_an_entry_costs_the_same_number_of_queries_in_a_short_case_and_in_a_long_one(cast: Cast) -> None:
    case = make.make_case(cast)

    def cost(minutes: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            make.make_entry(case, "visit", cast.asha, now=make.later(days=1, minutes=minutes))
        return len(queries)

    short = cost(0)
    for minutes in range(1, 30):
        make.make_entry(case, "review", cast.asha, now=make.later(days=1, minutes=minutes))
    assert cost(31) == short
