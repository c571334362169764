"""Moves without a trace in the demo: one that is done and need be protected no longer, one on its way, one that waits for a second person, and letters."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fanlight.casework import access
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.finish_move import finish_move
from fanlight.casework.actions.write_letter import write_letter
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, Move, Staff

MOVES = (
    (
        "He has found her at her sister's, and said so.",
        "Flat 4, Larkspur Court\nOrchard Way\nExampleton\nZZ4 4ZZ",
        "done",
    ),
    (
        "He works for a firm that does repairs, and can look addresses up.",
        "17 Tollgate Close\nExampleton\nZZ5 5ZZ",
        "on its way",
    ),
    ("The place at the refuge ends in two weeks, and he asks after her at the school.", "", "asked"),
)


def moves(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give the moves of a landlord in the hours before now, in cases that were reported earlier."""
    settled = [one for one in tellings if one.steps and one.steps[0].at < now - timedelta(days=9)]

    def act(at: datetime) -> None:
        left = list(reversed(MOVES))
        for telling in settled:
            case = Case.objects.get(pk=telling.case.pk)
            part = case.parts.filter(part="person_at_risk", staff=None).first()
            if not left or part is None or case.status != "open" or case.lead is None:
                continue
            standing = access.standing_of(case.lead, case, now=at)
            others = [one for one in staff.values() if one.pk != case.lead_id]
            seconds = [one for one in others if access.can(one, "address:authorise", case, now=at)]
            if standing.can("case:write") and seconds:
                _move(case, part.pk, *left.pop(), by=case.lead, second=seconds[0], at=at)

    return [Step(now - timedelta(hours=5), act)]


def _move(
    case: Case, part: int, reason: str, address: str, until: str, *, by: Staff, second: Staff, at: datetime
) -> None:
    said = {"reason": reason, "address": address, "may_write": True if address else None}
    number = ask_for_move(case=case, part=part, moves_on=at.date(), **said, by=by, now=at)  # type: ignore[arg-type]  # each is what the action takes
    if until == "asked":
        return
    decide_on_move(case=case, number=number, authorise=True, by=second, now=at + timedelta(minutes=20))
    move = Move.objects.get(pk=number)
    steps = list(move.steps.order_by("number"))
    for place, step in enumerate(steps if until == "done" else steps[:5]):
        answer, note = ("done", "") if place % 4 else ("not_needed", "There is nothing of theirs in it.")
        answer_move_step(
            case=case, number=number, step=step.number, answer=answer, note=note, by=by, now=at + timedelta(hours=1)
        )
    if until == "done" and move.way_id is not None:
        finish_move(case=case, number=number, by=by, now=at + timedelta(hours=2))
        ring = {"ring": "01632 960140", "times": "9am to 5pm on weekdays"}
        write_letter(
            case=case, part=part, way=move.way_id, kind="please_ring", said=ring, by=by, now=at + timedelta(hours=3)
        )
        why = "He has gone abroad for good. She asks for her post to come by the usual ways again."
        then = at + timedelta(hours=4)
        ask_to_lift(case=case, part=part, way=move.way_id, reason=why, they_agree=True, by=by, now=then)
