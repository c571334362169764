"""Gives what a meeting of the MARAC gave us to do to another colleague."""

from datetime import datetime

from fanlight.casework.actions.complete_marac_action import open_action
from fanlight.casework.actions.give_marac_action import checked_owner
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import MaracAction, Staff


def pass_on_marac_action(*, action: int, owner: Staff, by: Staff, now: datetime) -> None:
    """This function will give an open action to another colleague; the day by which it is due stays. Raises NotFound, Refused, Faulty."""
    with logged("pass_on_marac_action", by=by, now=now) as log:
        row = open_action(log, action, by=by, now=now)
        log.detail |= {"from": row.owner_id, "owner": owner.pk}
        row.owner = checked_owner(owner, row.case, by, now)
        MaracAction.objects.filter(pk=row.pk).update(owner=row.owner)
