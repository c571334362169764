"""Calls a change of address off."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import demand_writer, end_address, move_of
from fanlight.casework.actions.protected import keep_mark
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Case, Staff


def cancel_move(*, case: Case, number: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will call a move off that is not finished, with the reason; its address ends, and stays as protected as it was.

    Raises NotFound, Refused, Faulty.
    """
    with logged("cancel_move", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        move = move_of(locked, number)
        log.detail["move"] = move.pk
        if not move.is_open:
            raise Refused("This move is over.")
        move.why_cancelled, move.cancelled_at, move.cancelled_by = checked_reason(reason), now, by
        end_address(move, by=by, now=now)
        move.save()
        keep_mark(move.person, now)
