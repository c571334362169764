"""Sets a marker on a home: from a case, or with no case for another reason."""

from datetime import date, datetime

from fanlight.casework import rulings, sql
from fanlight.casework.access import Refused, demand
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Home, Marker, Staff
from fanlight.casework.queries.address_check import Address, asking, homes_in
from fanlight.present import day_of

KINDS = {
    "two_to_visit": ("two_to_visit", "two_to_visit"),
    "contact_first": ("contact_first", "contact_first"),
    "no_post": ("contact_first", "no_post"),
    "visit_risk": ("visit_risk", "two_to_visit"),
}
"""What may be set: the kind of the entry on the record of the case, and of the marker that everybody sees."""

NOT_KNOWN = "We do not know this address. Look whether it is right."


def set_marker(
    *,
    kind: str,
    reason: str,
    home: Home | None = None,
    address: Address | None = None,
    until: date | None = None,
    review_on: date | None = None,
    case: Case | None = None,
    expected_sequence: int | None = None,
    duty: str = "",
    by: Staff,
    now: datetime,
) -> str:
    """This function will set a marker and give its mark, or nothing where none is on a home of ours.

    From a case it is put on its record as well. Without a home and an address it is on the record alone: it was set in
    another system. Without days the landlord's periods hold. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("set_marker", case=case, by=by, now=now) as log:
        entry_kind, marker_kind = KINDS.get(kind, ("", ""))
        if not entry_kind:
            raise Faulty({"kind": ("Say which marker.",)})
        if case is None:
            demand(by, "marker:set")
        else:
            fields, note = {"kind": entry_kind}, checked_reason(reason)
            ((locked, standing),) = log.lock(case)
            if why_not := standing.why_not_record("marker"):
                raise Refused(why_not)
            draft = Draft("marker", fields, note=note)
            if duty:
                log.detail["duty"] = duty_of_ours(locked, duty)
            write(locked, standing, [draft], expected_sequence=expected_sequence, log=log, by=by, now=now)
        where = home or (_home_at(address, log, by, now) if address else None)
        if where is None:
            if case is None:
                raise Faulty({"line": ("Enter an address, or a reference.",)})
            return ""
        row = Marker(landlord_id=by.landlord_id, case=case, home=where, kind=marker_kind, at=now, by=by)
        _check(row)
        row.until, row.review_on = days_of(by.landlord_id, until, review_on, now)
        row.reason = checked_reason(reason)
        row.save(force_insert=True)
        return row.mark


def duty_of_ours(case: Case, duty: str) -> str:
    """This function will give the key of a duty as the log keeps it: it comes from an address, in which anybody can write anything."""
    return duty if rulings.is_duty(case.landlord_id, duty) else "another"


def days_of(landlord_id: str, until: date | None, review_on: date | None, now: datetime) -> tuple[date, date]:
    """This function will give the last day of a marker and that of its review, or raise Faulty for days that cannot be."""
    settings, today = settings_of(landlord_id).markers, day_of(now)
    latest = settings.ends_after.after(today)
    until = until or latest
    review_on = review_on or min(settings.review_after.after(today), until)
    faults: dict[str, tuple[str, ...]] = {}
    if until < today:
        faults["until"] = ("That day has passed.",)
    elif until > latest:
        faults["until"] = (f"A marker lasts {settings.ends_after} at most: it is looked at again before it is kept.",)
    if review_on < today:
        faults["review_on"] = ("That day has passed.",)
    elif review_on > until:
        faults["review_on"] = ("Look at it again before it ends.",)
    if faults:
        raise Faulty(faults)
    return until, review_on


def _home_at(address: Address, log: LogRow, by: Staff, now: datetime) -> Home:
    (rows,) = sql.select_together(asking(by.landlord_id, address, now))
    first, *more = homes_in(rows)
    if first is None:
        raise Faulty({"line": (NOT_KNOWN,)})
    if more:
        raise Faulty({"line": ("More than one home has this address: give the UPRN or the reference of the home.",)})
    return Home.objects.get(pk=first)


def _check(row: Marker) -> None:
    """The same is not set twice from one case, or twice by one colleague for no case; what others have set changes nothing."""
    if row.home.landlord_id != row.landlord_id:
        raise Faulty({"home": (NOT_KNOWN,)})
    same = Marker.objects.filter(home=row.home, kind=row.kind, ended_at=None, until__gte=day_of(row.at))
    own = same.filter(case=row.case) if row.case else same.filter(case=None, by=row.by)
    if own.exists():
        raise Faulty({"kind": ("You have set this already: review it, or end it.",)})
