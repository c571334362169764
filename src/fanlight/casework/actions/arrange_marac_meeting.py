"""Enters a meeting of the MARAC."""

from datetime import date, datetime

from fanlight.casework import access
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import checked
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import MaracMeeting, Staff
from fanlight.present import day_of


def arrange_marac_meeting(
    *, area: str, meets_at: datetime, returns_on: date | None = None, note: str = "", by: Staff, now: datetime
) -> int:
    """This function will enter a meeting of the MARAC of an area, and give its number.

    `returns_on` is the day by which the coordinator wants what we know (None: so long before as the landlord says). `note` says where
    it is held and how the coordinator is reached. Raises Refused, Faulty.
    """
    with logged("arrange_marac_meeting", by=by, now=now) as log:
        access.demand(by, "marac:arrange")
        log.head()
        row = MaracMeeting(landlord_id=by.landlord_id, area=area, at=now, by=by)
        if area not in areas_to_arrange(by):
            raise Faulty({"area": ("Say of which area: one of those in which you arrange meetings.",)})
        set_day(row, meets_at, returns_on, note)
        row.save(force_insert=True)
        log.detail["meeting"] = row.pk
    return row.pk


def areas_to_arrange(by: Staff) -> tuple[str, ...]:
    """This function will list the areas in which somebody arranges meetings: those of their roles, or all."""
    areas = settings_of(by.landlord_id).areas
    held = [role for role in access.roles_of(by) if role.has("marac:arrange")]
    return tuple(area for area in areas if any(not role.patches or area in role.areas for role in held))


def set_day(row: MaracMeeting, meets_at: datetime, returns_on: date | None, note: str) -> None:
    """This function will say of a meeting when it is, by when returns are wanted, and where. It raises Faulty."""
    if meets_at.tzinfo is None:
        raise Faulty({"meets_at": ("It does not say in which time zone that is.",)})
    day = day_of(meets_at)
    row.meets_at, row.note = meets_at, checked("note", note)
    row.returns_on = returns_on or settings_of(row.landlord_id).marac.returns_before.before(day)
    if row.returns_on > day:
        raise Faulty({"returns_on": ("That is after the meeting.",)})
    same = MaracMeeting.objects.filter(
        landlord_id=row.landlord_id, area=row.area, meets_at=meets_at, cancelled_at=None
    ).exclude(pk=row.pk)
    if same.exists():
        raise Faulty({"meets_at": ("This meeting has been entered already.",)})
