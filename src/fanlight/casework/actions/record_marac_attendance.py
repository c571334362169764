"""Notes who goes to a meeting of the MARAC, and who came."""

from datetime import datetime

from fanlight.casework import access
from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import has_minutes, meeting_of
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import MaracAttendance, Staff
from fanlight.casework.models.marac_meetings import CAME


def record_marac_attendance(*, meeting: int, staff: Staff, came: str, by: Staff, now: datetime) -> None:
    """This function will note of a colleague that they go to a meeting, came, or could not come.

    Whoever writes minutes notes it of themselves as well; but once there are minutes, which those who came may read, nobody notes of
    themselves that they came. Raises NotFound, Refused, Faulty.
    """
    with logged("record_marac_attendance", by=by, now=now) as log:
        held = meeting_of(by, meeting, now=now)
        log.head()
        log.detail |= {"meeting": held.pk, "staff": staff.pk, "came": came}
        own = staff.pk == by.pk
        if not access.can(by, "marac:arrange") and not (own and access.can(by, "marac:minutes")):
            raise Refused("Your role may not say who goes to the MARAC.")
        if held.cancelled_at is not None:
            raise Refused("This meeting was cancelled.")
        if came not in dict(CAME):
            raise Faulty({"came": ("Say whether they go, came, or could not come.",)})
        if staff.landlord_id != held.landlord_id or not access.can(staff, "marac:see"):
            raise Faulty({"staff": ("Choose a colleague whose role sees the MARAC's meetings.",)})
        if came == "came" and held.meets_at > now:
            raise Faulty({"came": ("It has not been held yet.",)})
        if came == "came" and own and has_minutes(held):
            raise Refused("There are minutes, which those who came may read: somebody else notes that you came.")
        MaracAttendance.objects.update_or_create(
            meeting=held, staff=staff, defaults={"landlord_id": held.landlord_id, "came": came, "at": now, "by": by}
        )
