"""Lets somebody back into a case from which they were kept."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.reproject import reproject
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Case, KeptFrom, Staff


def let_back_in(*, case: Case, number: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will end that somebody is kept from a case, with a reason; the row stays. Raises NotFound, Refused, Faulty."""
    with logged("let_back_in", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if not standing.can("case:set_aside"):
            raise Refused("Your role may not let people back into a case.")
        row = KeptFrom.objects.filter(case=locked, pk=number, ended_at=None).first()
        if row is None:
            raise NotFound
        row.end_reason = checked_reason(reason)
        row.ended_at, row.ended_by = now, by
        row.save(update_fields=["sealed_end_reason", "ended_at", "ended_by"])
        log.detail["staff"] = row.staff_id
        reproject(locked, log.batch, now=now)
