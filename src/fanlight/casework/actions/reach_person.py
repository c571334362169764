"""Reaches somebody in a case: the safe-contact gate is asked, and what came of it goes on the record with the way that was used."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_entry import record
from fanlight.casework.actions.write import NOTHING, Draft
from fanlight.casework.models import Case, Part, Staff
from fanlight.casework.queries.reach_words import KIND_OF_PART


def reach_person(
    *,
    case: Case,
    reach: Reach,
    result: str,
    safe: bool | None = None,
    facts: Mapping[str, object] = NOTHING,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will record that somebody was reached, or tried, and give the entry's sequence.

    Of which kind the entry is depends on their part: contact with the person at risk, with the person causing harm, with family;
    the policy's own gates stand before each. `result` is spoke, no_answer or declined.
    Raises NotFound, Refused, NotSafe, Faulty, Conflict, Stopped.
    """
    part = Part.objects.filter(case_id=case.pk, pk=reach.part or 0).values_list("part", flat=True).first() or ""
    kind = KIND_OF_PART.get(part, "contact")
    fields = {"result": result, "safe": safe} if kind == "contact" else {}
    draft = Draft(kind, fields, facts, note, at=at)
    return record(
        "reach_person",
        case,
        draft,
        expected_sequence=expected_sequence,
        overrides=overrides,
        duty=duty,
        reach=replace(reach, result=result),
        by=by,
        now=now,
    )
