"""Ends an agreement on sharing: nothing rests on it any more."""

from datetime import datetime

from fanlight.casework.actions.agreements import agreement_of
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Staff


def end_agreement(*, number: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will end an agreement, with a reason; what rested on it stays in the register of shares. Raises NotFound, Refused, Faulty."""
    with logged("end_agreement", by=by, now=now) as log:
        row = agreement_of(by, number)
        log.detail["agreement"] = row.pk
        row.ended_at, row.ended_by, row.end_reason = now, by, checked_reason(reason)
        row.save(update_fields=["ended_at", "ended_by", "sealed_end_reason"])
