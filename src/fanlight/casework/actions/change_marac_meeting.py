"""Puts a meeting of the MARAC right, or cancels it."""

from datetime import date, datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.arrange_marac_meeting import set_day
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import demand_arranger, meeting_of
from fanlight.casework.models import MaracAttendance, MaracMeeting, Staff


def change_marac_meeting(
    *,
    meeting: int,
    meets_at: datetime,
    returns_on: date | None = None,
    note: str = "",
    cancel: bool = False,
    by: Staff,
    now: datetime,
) -> None:
    """This function will say anew when a meeting is and where, or that it is not held.

    One that has been held, with somebody noted as having come, is not moved. Raises NotFound, Refused, Faulty.
    """
    with logged("change_marac_meeting", by=by, now=now) as log:
        found = meeting_of(by, meeting, now=now)
        log.head()
        log.detail |= {"meeting": found.pk, "cancelled": cancel}
        row = MaracMeeting.objects.select_for_update(of=("self",)).get(pk=found.pk)
        demand_arranger(by, row)
        was_held = MaracAttendance.objects.filter(meeting=row, came="came").exists()
        if was_held and (cancel or meets_at != row.meets_at):
            raise Refused("It has been held: somebody is noted as having come.")
        if cancel:
            row.cancelled_at = now
        else:
            set_day(row, meets_at, returns_on, note)
        row.save(force_update=True)
