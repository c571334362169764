"""Asks for a change of address that leaves no trace."""

from collections.abc import Iterable
from datetime import date, datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import (
    colleagues,
    demand_writer,
    new_address,
    person_of,
    write_address,
)
from fanlight.casework.actions.protected import keep_mark
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Move, MoveStep, Part, Staff


def ask_for_move(
    *,
    case: Case,
    part: int,
    reason: str,
    moves_on: date | None = None,
    address: str = "",
    home: str = "",
    may_write: bool | None = None,
    named: Iterable[int] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will ask for a change of address of somebody in a case, and give its number; somebody else authorises it.

    From now on what the housing system says of where they live comes in hidden. The address may be said later; whoever says it
    knows it, and nobody else does before it is authorised. `home` is the reference or the UPRN of a home of the landlord's own,
    in place of an address; `may_write` is whether post there is safe. `named` are the colleagues who should know it.
    Raises NotFound, Refused, Faulty.
    """
    with logged("ask_for_move", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        somebody = Part.objects.filter(case=locked, pk=part).select_related("case", "person__merged_into").first()
        if somebody is None or somebody.part == "causing_harm":
            raise Faulty({"part": ("Say who moves: somebody in the case who needs protection.",)})
        person = person_of(somebody, now)
        if Move.objects.filter(person=person, done_at=None, cancelled_at=None).exclude(outcome="refused").exists():
            raise Faulty({"part": ("A move of theirs is open already.",)})
        move = Move(landlord_id=locked.landlord_id, case=locked, person=person, asked_at=now, asked_by=by)
        move.reason, move.moves_on = checked_reason(reason), moves_on
        move.named = [one.pk for one in colleagues(locked, named, now)]
        write_address(move, new_address(locked.landlord_id, person, address, home), may_write, by=by, now=now)
        move.save(force_insert=True)
        settings = settings_of(locked.landlord_id).moving
        steps = [(manner, title) for manner in ("tell", "silent") for title in settings[manner]]
        MoveStep.objects.bulk_create(
            MoveStep(move=move, number=number, manner=manner, title=title)
            for number, (manner, title) in enumerate(steps, 1)
        )
        keep_mark(person, now)
        log.detail["move"] = move.pk
    return move.pk
