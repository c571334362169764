"""Looks at a marker again, and keeps it until another day."""

from datetime import date, datetime

from fanlight.casework.access import find_marker
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.set_marker import days_of
from fanlight.casework.models import Marker, Staff

OVER = "It is over: set it anew, if it is still needed."


def review_marker(
    *, mark: str, reason: str, until: date | None = None, review_on: date | None = None, by: Staff, now: datetime
) -> None:
    """This function will keep a marker until another day, with a reason and the day on which it is looked at again.

    Raises NotFound, Faulty.
    """
    with logged("review_marker", by=by, now=now) as log:
        found = find_marker(by, mark, now=now)
        log.case = found.case
        row = Marker.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if row.ended_at is not None:
            raise Faulty({"": (OVER,)})
        row.until, row.review_on = days_of(by.landlord_id, until, review_on, now)
        row.review = checked_reason(reason)
        row.reviewed_at, row.reviewed_by = now, by
        row.save(update_fields=["until", "review_on", "sealed_review", "reviewed_at", "reviewed_by"])
