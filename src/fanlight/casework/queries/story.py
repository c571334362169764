"""The story of a case as lines for a page."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from fanlight.casework import keys, rulings, sql
from fanlight.casework.models import Case, names_of
from fanlight.casework.queries.lines import StoryLine
from fanlight.casework.queries.reach_words import reached_in_words
from fanlight.casework.queries.words import said_in_words
from fanlight.casework.rulings import Told
from fanlight.policy.vocabulary import ENTRY_KINDS

# Written down this much later than it was done, an entry shows both moments.
LATE = timedelta(hours=1)


class Written(NamedTuple):
    """An entry's row with what a page shows of it beside."""

    told: Told
    note: str
    by: str
    to_staff: str


def written(case: Case) -> list[Written]:
    """This function will read the whole record of a case with the names of those who wrote it, in two queries."""
    which = "from casework_entry entry where entry.case_id = %s order by entry.sequence"
    rows = sql.select(which, [case.pk], rulings.TOLD, also=("entry.note",))
    told = rulings.told_of(case.pk, rows)
    noted = [(one.sequence, row[-1]) for one, row in zip(told, rows, strict=True) if row[-1]]
    sealed = ((rulings.note_place(case.pk, sequence), note) for sequence, note in noted)
    opened = keys.unseal_many(rulings.key_of(case.pk), sealed) if noted else []
    notes = {sequence: note.decode() for (sequence, _), note in zip(noted, opened, strict=True)}
    names = names_of(person for one in told for person in (one.by_id, one.to_staff_id))
    return [Written(one, notes.get(one.sequence, ""), names[one.by_id], names[one.to_staff_id]) for one in told]


def story_lines(landlord_id: str, rows: Sequence[Written], now: datetime | None = None) -> tuple[StoryLine, ...]:
    """This function will give the lines of a story, in the order of the rows."""
    told = [row.told for row in rows]
    latest = now or max((row.recorded_at for row in told), default=None)
    struck_by = _struck_by(told, latest) if latest else {}
    return tuple(_line(landlord_id, row, struck_by) for row in rows)


def story_lines_after(case: Case, sequence: int) -> tuple[StoryLine, ...]:
    """This function will give what was written after an entry, oldest first."""
    lines = story_lines(case.landlord_id, written(case))
    return tuple(line for line in lines if line.sequence > sequence)


def _struck_by(rows: Sequence[Told], now: datetime) -> Mapping[int, int]:
    standing = rulings.standing_rows(rows, now)
    return {row.of_sequence: row.sequence for row in standing if row.kind == "struck" and row.of_sequence is not None}


def _line(landlord_id: str, row: Written, struck_by: Mapping[int, int]) -> StoryLine:
    told = row.told
    return StoryLine(
        sequence=told.sequence,
        kind=told.kind,
        title=ENTRY_KINDS[told.kind].title,
        at=told.at,
        recorded_at=told.recorded_at,
        typed_late=told.recorded_at - told.at > LATE,
        by=row.by,
        by_id=told.by_id,
        of_sequence=told.of_sequence,
        said=said_in_words(landlord_id, told.kind, told.payload),
        note=row.note,
        to_staff=row.to_staff,
        struck_by=struck_by.get(told.sequence),
        reached=reached_in_words(told.payload),
    )
