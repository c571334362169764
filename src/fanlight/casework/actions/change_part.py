"""Gives somebody another part in a case: what it was stays on the record, and the story says so."""

from datetime import datetime

from fanlight.casework.access import PARTIES, Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.merge_people import root_of
from fanlight.casework.actions.record_entry import check_emergency
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_people import check_may_write_of_people
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.models import Case, Part, PartChange, Staff
from fanlight.casework.models.part import OPPOSED, PARTS
from fanlight.casework.models.relations import WHY_CHANGED
from fanlight.casework.queries.opposite_parts import why_not_part
from fanlight.casework.queries.staff import parts_to_choose

NOT_A_SWAP = (
    "The two are not exchanged because one of them accuses the other: record that as a fact, and ask for advice. "
    "Exchange them only where they were written down wrongly."
)


def change_part(
    *,
    case: Case,
    part: int,
    becomes: str,
    why: str,
    reason: str,
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will give the person of a part another part, and give the sequence of the entry that tells it.

    `why` is `learned` (more is known now) or `error`. The person at risk and the person causing harm are exchanged for no
    other reason than an error: a counter-allegation is a fact; and nobody is both in one case. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("change_part", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_may_write_of_people(locked, standing)
        if why_not := standing.why_not_record("learned"):
            raise Refused(why_not)
        row = Part.objects.filter(case=locked, pk=part).first()
        if row is None:
            raise Faulty({"part": ("There is nobody of that number in this case.",)})
        _check(row, becomes, why, reason)
        if why_not := why_not_part(by, row, becomes, root_of(row.person_id) if row.person_id else None):
            raise Faulty({"becomes": (why_not,)})
        # Whether a colleague is a party decides who sees the case.
        check_emergency(standing, decides=row.staff_id is not None and (row.part in PARTIES) != (becomes in PARTIES))
        titles = parts_to_choose(by)
        change = PartChange(
            landlord_id=locked.landlord_id,
            case=locked,
            part=row,
            was=row.part,
            became=becomes,
            why=why,
            at=now,
            by=by,
        )
        change.reason = clean_text(reason)
        change.save(force_insert=True)
        told = (
            f"{row.name}: {titles[row.part].lower()} before, {titles[becomes].lower()} now. "
            f"{dict(WHY_CHANGED)[why]}. {change.reason}"
        )
        row.part = becomes
        row.save(update_fields=["part"])
        if row.staff_id is not None:
            # Who is kept from the case was read with the lock, before this.
            log.record_of(locked)
        log.detail.update(was=change.was, became=becomes, why=why)
        entry = Draft("learned", note=told)
        return write(locked, standing, [entry], expected_sequence=expected_sequence, log=log, by=by, now=now)


def _check(row: Part, becomes: str, why: str, reason: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if becomes not in dict(PARTS):
        faults["becomes"] = ("Say what their part is.",)
    elif becomes == row.part:
        faults["becomes"] = ("That is their part already.",)
    if why not in dict(WHY_CHANGED):
        faults["why"] = ("Say why it changes.",)
    elif OPPOSED.get(row.part) == becomes and why != "error":
        faults["why"] = (NOT_A_SWAP,)
    if not says_something(reason):
        faults["reason"] = ("Say what was learned, or what was wrong.",)
    if faults:
        raise Faulty(faults)
