"""Somebody on staff tells the landlord: a case is opened at once, in status new, so that its duties run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import sql
from fanlight.casework.access import Refused, Standing, can
from fanlight.casework.actions.add_part import NOBODY_SEEN, say_apart
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Alike, Faulty
from fanlight.casework.actions.register import NAME_NOT_KNOWN, enter_parts
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.landlords import settings_of
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, Part, Person, Staff
from fanlight.casework.models.part import PARTS
from fanlight.casework.queries.find_people import FoundPerson, likely_people, may_find, person_seen
from fanlight.casework.queries.opposite_parts import why_not_together
from fanlight.casework.unseen import wrong_in_a_name
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
    not_them: str = ""
    """Why it is nobody of those who are like them and whom whoever reports may see."""
    asks_once: bool = False
    """Whether those who are like them are shown once, and it may be left open who it is: so the form asks, which anybody fills in."""
    looked: bool = False
    """Whether whoever reports has seen them there."""


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
    write in cases to name them in their own report. Everybody on staff may. Raises Faulty, Refused; Alike where somebody is like
    a person whom `by` may see, and it is said neither that it is them nor why not.
    """
    with logged("report_abuse", by=by, now=now) as log:
        if not can(by, "report:make"):
            raise Refused("Your account is not active.")
        like = [_who_are_like(one, by, now) for one in people]
        if why_not := why_not_together(by, [(one.part, one.person, one.staff) for one in people]):
            raise Faulty({"people": (why_not,)})
        reference = _next_reference(by.landlord_id, now)
        case = Case(landlord_id=by.landlord_id, reference=reference)
        sql.add(case)
        rows = [_part(case, one, by=by, now=now) for one in people]
        enter_parts(rows, [one.person for one in people], now=now)
        for row, one, others in zip(rows, people, like, strict=True):
            say_apart(row, others, one.not_them, by=by, now=now)
        draft = Draft("report", fields, facts, note, at=at)
        write(case, Standing(()), [draft], log=log, by=by, now=now)
        # Named only when it stands: where the report is refused, the case is taken back, and the log keeps its row.
        log.case = case
    return case


def _who_are_like(one: NewPart, by: Staff, now: datetime) -> tuple[FoundPerson, ...]:
    """Those who were shown, and are somebody else. Raises Alike where there are some, and it is not said yet who it is."""
    if one.person is not None and person_seen(by, one.person.pk, now=now) is None:
        raise Faulty({"same_as": (NOBODY_SEEN,)})
    if one.looked or one.person is not None or one.staff is not None or not may_find(by):
        return ()
    like = likely_people(by, Asked(name=one.name, phone=one.phone), now=now) if one.name or one.phone else ()
    if like and not says_something(one.not_them):
        raise Alike(like, may_be_unknown=one.asks_once)
    return like


def _part(case: Case, one: NewPart, *, by: Staff, now: datetime) -> Part:
    """This function will give the row of somebody whom a report names."""
    if one.staff is not None and one.staff.landlord_id != case.landlord_id:
        raise Faulty({"staff": ("They do not work here.",)})
    name = clean_text(one.name) or (one.staff.name if one.staff else NAME_NOT_KNOWN)
    phone = clean_text(one.phone)
    if one.part not in dict(PARTS) or len(name) > 120 or len(phone) > 40:
        raise Faulty({"people": ("A name has 120 characters at most, a telephone number 40.",)})
    if wrong := wrong_in_a_name(name):
        raise Faulty({"people": (f"A name: {wrong[0].lower()}{wrong[1:]}",)})
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
