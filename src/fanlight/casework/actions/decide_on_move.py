"""Authorises a change of address, or refuses it."""

from collections.abc import Iterable
from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import colleagues, demand_authoriser, end_address, move_of
from fanlight.casework.actions.protected import keep_mark, let_know
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Staff


def decide_on_move(
    *,
    case: Case,
    number: int,
    authorise: bool,
    reason: str = "",
    named: Iterable[int] = (),
    by: Staff,
    now: datetime,
) -> None:
    """This function will authorise a move that somebody else asked for, and say who may know the address; or refuse it, with a reason.

    Whoever asked for it, or put it right, does not authorise it; and whoever authorises it names themselves only where they
    were proposed. Raises NotFound, Refused, Faulty.
    """
    with logged("decide_on_move", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_authoriser(standing)
        move = move_of(locked, number)
        log.detail["move"] = move.pk
        if move.state != "asked":
            raise Refused("Nobody waits for this move to be authorised.")
        if by.pk == move.asked_by_id or move.changes.filter(by=by).exists():
            raise Refused("Somebody else must authorise it: you asked for it, or put it right.")
        move.outcome, move.decided_at, move.decided_by = "authorised" if authorise else "refused", now, by
        move.decision = clean_text(reason) if authorise else checked_reason(reason)
        if authorise:
            chosen = colleagues(locked, named, now)
            if by.pk not in move.named and any(one.pk == by.pk for one in chosen):
                raise Faulty({"named": ("You were not proposed: somebody else must name you.",)})
            for one in chosen:
                if move.way is None:
                    break
                let_know(move.person, one, move.way.value_index, case=locked, by=by, now=now)
            log.detail["named"] = sorted(one.pk for one in chosen)
        else:
            end_address(move, by=by, now=now)
        move.save()
        keep_mark(move.person, now)
        log.detail["outcome"] = move.outcome
