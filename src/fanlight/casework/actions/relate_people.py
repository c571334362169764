"""Says how two people of a case stand to each other: in one of the seven ways of the Act, or otherwise."""

from datetime import datetime

from fanlight.casework.access import Refused, Standing
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Part, Relation, Staff
from fanlight.casework.models.relations import KINDS

LONGEST_NOTE = 2000


def relate_people(
    *,
    case: Case,
    one: int,
    other: int,
    kind: str,
    is_past: bool | None = None,
    note: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will record that `one` stands to `other`, both by the ids of their parts, and give the number of the row.

    `is_past` is None where nobody has said whether it is over. Raises NotFound, Refused, Faulty.
    """
    with logged("relate_people", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_may_write_of_people(locked, standing)
        people = {part.pk: part for part in Part.objects.filter(case=locked, pk__in=(one, other))}
        _check(people, one, other, kind, note)
        row = Relation(
            landlord_id=locked.landlord_id,
            case=locked,
            one=people[one],
            other=people[other],
            kind=kind,
            is_past=is_past,
            at=now,
            by=by,
        )
        row.note = clean_text(note)
        row.save(force_insert=True)
    return row.pk


def check_may_write_of_people(case: Case, standing: Standing) -> None:
    """This function will raise Refused where somebody may not write of the people of a case, or the case takes it no more."""
    if not standing.can("case:write") and not (case.status == "new" and standing.can("report:triage")):
        raise Refused("Your role may not write in this case.")
    if case.status == "joined":
        raise Refused("This case was joined to another: record it there.")


def _check(people: dict[int, Part], one: int, other: int, kind: str, note: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if one not in people or other not in people:
        faults["other"] = ("Say to whom: somebody who is in this case.",)
    elif one == other:
        faults["other"] = ("Say to whom: somebody else.",)
    if kind not in dict(KINDS):
        faults["relation"] = ("Say how they stand to each other.",)
    if len(note) > LONGEST_NOTE:
        faults["note"] = (f"Use {LONGEST_NOTE} characters or fewer.",)
    if faults:
        raise Faulty(faults)


def standing_relation(case: Case, number: int) -> Relation:
    """This function will give a statement of a case that holds and has no answer yet. It raises Faulty for any other."""
    found = Relation.objects.filter(case=case, pk=number, holds=True, answered_by=None).first()
    if found is None:
        raise Faulty({"": ("Somebody has changed that since: look at it again.",)})
    return found


def answer_to(row: Relation, *, is_past: bool | None, holds: bool, note: str, by: Staff, now: datetime) -> int:
    """This function will append what is said of a statement now: what was said before stays as it was."""
    answer = Relation(
        landlord_id=row.landlord_id,
        case_id=row.case_id,
        one_id=row.one_id,
        other_id=row.other_id,
        kind=row.kind,
        is_past=is_past,
        answers=row,
        holds=holds,
        at=now,
        by=by,
    )
    answer.note = note
    answer.save(force_insert=True)
    return answer.pk
