"""Puts a change of address right while it goes on."""

from datetime import date, datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import demand_writer, move_of, new_address, write_address
from fanlight.casework.actions.protected import keep_mark
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Case, MoveChange, Staff


def correct_move(
    *,
    case: Case,
    number: int,
    reason: str,
    moves_on: date | None = None,
    address: str = "",
    home: str = "",
    may_write: bool | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """This function will put the day or the address of an open move right, with the reason; what is left empty stays as it was.

    Another address is authorised anew, by somebody who said neither it nor the one before. Raises NotFound, Refused, Faulty.
    """
    with logged("correct_move", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        move = move_of(locked, number)
        log.detail["move"] = move.pk
        if not move.is_open:
            raise Refused("This move is over.")
        change = MoveChange(move=move, case=locked, at=now, by=by)
        change.reason = checked_reason(reason)
        if moves_on is not None and moves_on != move.moves_on:
            move.moves_on = moves_on
            change.what.append("day")
        said = new_address(locked.landlord_id, move.person, address, home)
        if said.is_said:
            write_address(move, said, may_write, by=by, now=now)
            move.outcome, move.decided_at, move.decided_by = "", None, None
            change.what.append("address")
        if not change.what:
            raise Faulty({"": ("Say what is to be put right: the day, or the address.",)})
        change.save(force_insert=True)
        move.save()
        keep_mark(move.person, now)
        log.detail["put_right"] = change.what
