"""Duties as lines of a page: from a ruling, with the reason, or from what is stored of it, without."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from fanlight.casework import rulings, sql
from fanlight.casework.access import why_not_receive
from fanlight.casework.models import Duty as DutyRowStored
from fanlight.casework.models import Staff
from fanlight.casework.queries.case_lines import COLUMNS, lines_of
from fanlight.casework.queries.lines import DutyLine, WorkLine
from fanlight.casework.queries.words import in_words, reason_in_words, role_titles
from fanlight.casework.rulings import Duty, Pattern, Told

_STORED = ("row", "version", "clause", "force", "who", "since", "due", "started_by")
_DUTY: sql.Columns = (DutyRowStored, "duty", ("id", *_STORED))
_WITH_CASE = "from casework_duty duty join casework_case matter on matter.id = duty.case_id"


def duty_key(row: str, started_by: int | None) -> str:
    """This function will name a duty within its case."""
    return f"{row}.e{started_by}" if started_by else row


def receivable_by(viewer: Staff, rows: Iterable[Told], record: Container[str]) -> frozenset[int]:
    """This function will give the referrals of a case that somebody may acknowledge, by their sequences.

    `record` are the kinds that they may record in the case; one that names them is theirs to acknowledge all the same.
    """
    return frozenset(
        row.sequence
        for row in rows
        if row.kind == "referral"
        and ("receipt" in record or row.to_staff_id == viewer.pk)
        and not why_not_receive(
            viewer, to=row.payload["fields"].get("to", ""), to_staff_id=row.to_staff_id, sent_by_id=row.by_id
        )
    )


def duty_line(
    landlord_id: str,
    duty: Duty,
    *,
    record: Container[str] | None = None,
    receivable: Container[int] | None = None,
) -> DutyLine:
    """This function will give the line of a duty of a ruling.

    With `record`, the kinds that somebody may record here, it is done by the first of them that meets it, or by none.
    With `receivable`, the referrals that they may acknowledge, none but those is received from its duty.
    """
    row = duty.row
    started_by = rulings.sequence_of(duty.started_by)
    does = next((one for one in row.met_by if _may(one, started_by, record, receivable)), None)
    return DutyLine(
        key=duty_key(row.id, started_by),
        row=row.id,
        version=duty.version,
        clause=row.clause,
        reading=row.reading,
        must=row.must,
        force=row.force,
        who=role_titles(landlord_id, row.roles),
        since=duty.since,
        within=row.within.text if row.within else "",
        due=duty.due,
        state=duty.state,
        met_at=duty.met_at,
        started_by=started_by,
        because=tuple(reason_in_words(landlord_id, atom) for atom in duty.because),
        does=does.kind if does else "",
        receives=started_by if does and does.of_it and does.kind == "receipt" else None,
        own_time=rulings.is_own_time(landlord_id, duty.version, row, duty.since, duty.due),
    )


def _may(
    pattern: Pattern, started_by: int | None, record: Container[str] | None, receivable: Container[int] | None
) -> bool:
    if receivable is not None and pattern.of_it and pattern.kind == "receipt":
        return started_by in receivable
    return record is None or pattern.kind in record


def work_lines(landlord_id: str, duty_ids: Sequence[int], now: datetime) -> tuple[WorkLine, ...]:
    """This function will read open duties with their cases, in the order of the ids, in two queries."""
    if not duty_ids:
        return ()
    which = f"{_WITH_CASE} where duty.id in ({sql.marks(duty_ids)})"
    rows = sql.select(which, duty_ids, _DUTY, COLUMNS)
    cases = lines_of([row[1 + len(_STORED) :] for row in rows])
    found = {
        row[0]: WorkLine(_stored_line(landlord_id, row[1 : 1 + len(_STORED)], now), case)
        for row, case in zip(rows, cases, strict=True)
    }
    return tuple(found[duty_id] for duty_id in duty_ids if duty_id in found)


def _stored_line(landlord_id: str, stored: Sequence[object], now: datetime) -> DutyLine:
    row_id, version, clause, force, who, since, due, started_by = stored
    row = rulings.duty_row(landlord_id, str(version), str(row_id))
    overdue = isinstance(due, datetime) and now > due
    does, of_it, _ = rulings.usual_entry(row) if row else ("", False, {})
    return DutyLine(
        key=duty_key(row_id, started_by),  # type: ignore[arg-type]  # the columns of _STORED, in order
        row=row_id,  # type: ignore[arg-type]  # as above
        version=version,  # type: ignore[arg-type]  # as above
        clause=clause,  # type: ignore[arg-type]  # as above
        reading=row.reading if row else "",
        must=row.must if row else in_words(str(row_id)),
        force=force,  # type: ignore[arg-type]  # as above
        who=role_titles(landlord_id, who),  # type: ignore[arg-type]  # as above
        since=since,  # type: ignore[arg-type]  # as above
        within=row.within.text if row and row.within else "",
        due=due,  # type: ignore[arg-type]  # as above
        state="overdue" if overdue else "open",
        met_at=None,
        started_by=started_by,  # type: ignore[arg-type]  # as above
        because=(),
        does=does,
        receives=started_by if of_it and does == "receipt" else None,  # type: ignore[arg-type]  # as above
        own_time=row is not None and rulings.is_own_time(landlord_id, version, row, since, due),  # type: ignore[arg-type]  # as above
    )


def soonest_first(duties: Sequence[DutyLine]) -> tuple[DutyLine, ...]:
    """This function will put duties soonest first; those with no deadline come last, the oldest first."""
    return tuple(sorted(duties, key=lambda duty: (duty.due is None, duty.due or duty.since, duty.since)))
