"""Ends that somebody must not receive anything of a case."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.bar_receiver import demand_writer
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Case, MustNotReceive, Staff


def unbar_receiver(*, case: Case, number: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will take a line off the list of those who must not receive anything, with a reason. Raises NotFound, Refused, Faulty."""
    with logged("unbar_receiver", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        if standing.emergency_until is not None:
            raise Refused("You have this case open in an emergency: leave that to those who work on it.")
        row = MustNotReceive.objects.filter(case=locked, pk=number, ended_at=None).first()
        if row is None:
            raise NotFound
        log.detail["number"] = row.pk
        row.ended_at, row.ended_by, row.end_reason = now, by, checked_reason(reason)
        row.save(force_update=True)
