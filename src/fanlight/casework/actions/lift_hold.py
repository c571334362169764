"""Lifts what holds a case back from disposal."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused, demand, find_kept
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Hold, Staff


def lift_hold(*, reference: str, number: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will lift a hold, with a reason; the row stays. Raises NotFound, Refused, Faulty."""
    with logged("lift_hold", by=by, now=now) as log:
        demand(by, "retention:hold")
        log.head()
        log.case = find_kept(by, reference, lock=True)
        row = Hold.objects.filter(case=log.case, pk=number).first()
        if row is None:
            raise NotFound
        if row.lifted_at is not None:
            raise Refused("It was lifted already.")
        row.lift_reason = checked_reason(reason)
        row.lifted_at, row.lifted_by = now, by
        row.save(update_fields=["sealed_lift_reason", "lifted_at", "lifted_by"])
        log.detail["hold"] = row.pk
