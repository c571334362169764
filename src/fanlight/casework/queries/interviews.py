"""The interviews of a case: who was seen, who was there, who interpreted, and what was not right."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.access import find_case
from fanlight.casework.interviews import WRONGS
from fanlight.casework.models import Interview, Staff
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.lines import PartLine, Said
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.story import story_lines, written


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """An interview: with whom, what was said of it, who was with them and interpreted; `wrong` in words, with the reason."""

    sequence: int
    name: str
    at: datetime
    by: str
    said: tuple[Said, ...]
    note: str
    supporter: str
    interpreter: str
    wrong: tuple[str, ...]
    reason: str
    is_struck: bool


@dataclass(frozen=True, slots=True)
class InterviewsPage:
    """The interviews of a case, newest first."""

    reference: str
    at_risk: tuple[PartLine, ...]
    interviews: tuple[InterviewLine, ...]
    may_record: bool


def interviews_page(viewer: Staff, reference: str, *, now: datetime) -> InterviewsPage:
    """This function will give the interviews of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    people = part_lines(case, now)
    names = {one.id: one.name for one in people}
    rows = written(case)
    beside = {row.sequence: row for row in Interview.objects.filter(case=case)}
    whom = {row.told.sequence: (row.told.payload.get("reach") or {}).get("part") for row in rows}
    lines = []
    for line in story_lines(case.landlord_id, rows, now):
        if line.kind != "interview":
            continue
        row = beside.get(line.sequence)
        lines.append(
            InterviewLine(
                sequence=line.sequence,
                name=names.get(whom[line.sequence] or 0, ""),
                at=line.at,
                by=line.by,
                said=line.said,
                note=line.note,
                supporter=row.supporter if row else "",
                interpreter=row.interpreter if row else "",
                wrong=tuple(WRONGS[word].says for word in row.wrong if word in WRONGS) if row else (),
                reason=row.reason if row else "",
                is_struck=line.struck_by is not None,
            )
        )
    return InterviewsPage(
        reference=case.reference,
        at_risk=tuple(person for person in people if person.part == "person_at_risk"),
        interviews=tuple(sorted(lines, key=lambda one: (one.at, one.sequence), reverse=True)),
        may_record="interview" in may_in(case, standing).record,
    )
