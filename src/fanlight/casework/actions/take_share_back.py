"""Takes back a share that waits for its authoriser."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.sharing import share_of
from fanlight.casework.models import Case, Staff


def take_share_back(*, case: Case, number: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will stop a share that has not gone, with a reason. What has gone cannot be taken back. Raises NotFound, Refused, Faulty."""
    with logged("take_share_back", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        row = share_of(locked, number)
        log.detail["share"] = row.pk
        if why_not := standing.why_not_record("share"):
            raise Refused(why_not)
        if row.state != "waits":
            raise Refused("It does not wait any more: what has gone cannot be taken back.")
        row.decision = checked_reason(reason)
        row.stopped_at, row.stopped_by, row.stopped_because = now, by, "taken_back"
        row.save(force_update=True)
