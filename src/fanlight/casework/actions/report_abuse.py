"""Somebody on staff tells the landlord: a case is opened at once, in status new, so that its duties run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import sql
from fanlight.casework.access import Refused, Standing, can
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Alike, Faulty
from fanlight.casework.actions.register import NAME_NOT_KNOWN, enter_parts
from fanlight.casework.actions.write import Draft, clean_text, write
from fanlight.casework.landlords import settings_of
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, Part, Person, Staff
from fanlight.casework.models.part import PARTS
from fanlight.casework.queries.find_people import likely_people, may_find, person_seen
from fanlight.casework.queries.opposite_parts import why_not_together
from fanlight.present import LONDON


@dataclass(frozen=True, slots=True)
class NewPart:
    """Somebody whom a report names. One who works here is linked as `staff`, and sees nothing of the case."""

    part: str
    name: str = ""
    phone: str = ""
    safe_contact: str = ""
    staff: Staff | None = None
    person: Person | None = None
    """Who they are in the register, where whoever reports has found them there."""
    looked: bool = True
    """Whether whoever reports has seen who is like them: where not, those whom they may see are shown once. A report needs no reason."""


def report_abuse(
    *,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
    note: str = "",
    people: Sequence[NewPart] = (),
    at: datetime | None = None,
    by: Staff,
    now: datetime,
) -> Case:
    """This function will open a case with the report as its first entry, and give the case.

    `fields` are those of a report (source, channel, in_confidence), `facts` what is known (about,
    immediate_danger, …), `note` what was said, `people` those whom the reporter could name: nobody needs a right to
    write in cases to name them in their own report. Everybody on staff may. Raises Faulty, Refused.
    """
    with logged("report_abuse", by=by, now=now) as log:
        if not can(by, "report:make"):
            raise Refused("Your account is not active.")
        _look_first(people, by, now)
        if why_not := why_not_together(by, [(one.part, one.person, one.staff) for one in people]):
            raise Faulty({"people": (why_not,)})
        reference = _next_reference(by.landlord_id, now)
        case = Case(landlord_id=by.landlord_id, reference=reference)
        sql.add(case)
        enter_parts([_part(case, one, by=by, now=now) for one in people], [one.person for one in people], now=now)
        draft = Draft("report", fields, facts, note, at=at)
        write(case, Standing(()), [draft], log=log, by=by, now=now)
        # Named only when it stands: where the report is refused, the case is taken back, and the log keeps its row.
        log.case = case
    return case


def _look_first(people: Sequence[NewPart], by: Staff, now: datetime) -> None:
    """This function will raise Alike where somebody is like those whom a report names, and whoever reports has not seen them yet."""
    for one in people:
        if one.person is not None and person_seen(by, one.person.pk, now=now) is None:
            raise Faulty({"same_as": ("There is nobody of that number whom you can see.",)})
        if not one.looked and one.person is None and one.staff is None and may_find(by):
            if like := likely_people(by, Asked(name=one.name, phone=one.phone), now=now):
                raise Alike(like)


def _part(case: Case, one: NewPart, *, by: Staff, now: datetime) -> Part:
    """This function will give the row of somebody whom a report names."""
    if one.staff is not None and one.staff.landlord_id != case.landlord_id:
        raise Faulty({"staff": ("They do not work here.",)})
    name = clean_text(one.name) or (one.staff.name if one.staff else NAME_NOT_KNOWN)
    phone = clean_text(one.phone)
    if one.part not in dict(PARTS) or len(name) > 120 or len(phone) > 40:
        raise Faulty({"people": ("A name has 120 characters at most, a telephone number 40.",)})
    row = Part(landlord_id=case.landlord_id, case=case, part=one.part, staff=one.staff, added_at=now, added_by=by)
    row.name, row.phone, row.safe_contact = name, phone, clean_text(one.safe_contact)
    return row


def _next_reference(landlord_id: str, now: datetime) -> str:
    """This function will give the next reference of the year; the counter's row is locked until the case is written."""
    year = now.astimezone(LONDON).year
    # One statement, the same on both databases: it makes the year's first row, or counts up and locks the one there is.
    count = """insert into casework_referencecounter as counter (landlord_id, year, last) values (%s, %s, 1)
        on conflict (landlord_id, year) do update set last = counter.last + 1 returning last"""
    ((number,),) = sql.carry_out(count, [landlord_id, year])
    return f"{settings_of(landlord_id).reference_prefix}-{year}-{number:06d}"
