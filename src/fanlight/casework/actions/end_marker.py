"""Ends a marker."""

from datetime import datetime

from fanlight.casework.access import find_marker
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.review_marker import OVER
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Marker, Staff


def end_marker(*, mark: str, reason: str, by: Staff, now: datetime) -> None:
    """This function will end a marker, with a reason: from now on nobody is shown it. Raises NotFound, Faulty."""
    with logged("end_marker", by=by, now=now) as log:
        found = find_marker(by, mark, now=now)
        log.case = found.case
        row = Marker.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if row.ended_at is not None:
            raise Faulty({"": (OVER,)})
        row.end_reason = checked_reason(reason)
        row.ended_at, row.ended_by = now, by
        row.save(update_fields=["sealed_end_reason", "ended_at", "ended_by"])
