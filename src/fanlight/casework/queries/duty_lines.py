"""Duties as lines of a page: from a ruling, with the reason, or from what is stored of it, without."""

from collections.abc import Container, Sequence
from datetime import datetime

from fanlight.casework import rulings, sql
from fanlight.casework.models import Duty as DutyRowStored
from fanlight.casework.queries.case_lines import COLUMNS, LEAD, case_line_of
from fanlight.casework.queries.lines import DutyLine, WorkLine
from fanlight.casework.queries.words import in_words, reason_in_words, role_titles
from fanlight.casework.rulings import Duty

_STORED = ("row", "version", "clause", "force", "who", "since", "due", "started_by")
_DUTY: sql.Columns = (DutyRowStored, "duty", ("id", *_STORED))
_WITH_CASE = f"from casework_duty duty join casework_case matter on matter.id = duty.case_id {LEAD}"


def duty_key(row: str, started_by: int | None) -> str:
    """This function will name a duty within its case."""
    return f"{row}.e{started_by}" if started_by else row


def duty_line(landlord_id: str, duty: Duty, *, record: Container[str] | None = None) -> DutyLine:
    """This function will give the line of a duty of a ruling.

    With `record`, the kinds that somebody may record here, it is done by the first of them that meets it, or by none.
    """
    row = duty.row
    started_by = rulings.sequence_of(duty.started_by)
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
        does=next((pattern.kind for pattern in row.met_by if record is None or pattern.kind in record), ""),
    )


def work_lines(landlord_id: str, duty_ids: Sequence[int], now: datetime) -> tuple[WorkLine, ...]:
    """This function will read open duties with their cases, in the order of the ids, in one query."""
    if not duty_ids:
        return ()
    which = f"{_WITH_CASE} where duty.id in ({sql.marks(duty_ids)})"
    rows = sql.select(which, duty_ids, _DUTY, COLUMNS, also=("lead.name",))
    found = {row[0]: _work_line(landlord_id, row[1:], now) for row in rows}
    return tuple(found[duty_id] for duty_id in duty_ids if duty_id in found)


def _work_line(landlord_id: str, values: Sequence[object], now: datetime) -> WorkLine:
    stored, case, lead = values[: len(_STORED)], values[len(_STORED) : -1], values[-1]
    row_id, version, clause, force, who, since, due, started_by = stored
    row = rulings.duty_row(landlord_id, str(version), str(row_id))
    overdue = isinstance(due, datetime) and now > due
    line = DutyLine(
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
        does=rulings.usual_entry(row)[0] if row else "",
    )
    return WorkLine(line, case_line_of(case, lead))


def soonest_first(duties: Sequence[DutyLine]) -> tuple[DutyLine, ...]:
    """This function will put duties soonest first; those with no deadline come last, the oldest first."""
    return tuple(sorted(duties, key=lambda duty: (duty.due is None, duty.due or duty.since, duty.since)))
