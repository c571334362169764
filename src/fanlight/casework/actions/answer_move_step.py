"""Says what was done about a system when somebody moves, or why nothing was."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import MOST, demand_writer, move_of
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, MoveAnswer, Staff
from fanlight.casework.models.moving import ANSWERS_TO_A_STEP


def answer_move_step(
    *, case: Case, number: int, step: int, answer: str, note: str = "", by: Staff, now: datetime
) -> None:
    """This function will put down what was done about one system of a move that is authorised: `done`, or `not_needed` with why.

    An answer is put right by another one: the last counts. Raises NotFound, Refused, Faulty.
    """
    with logged("answer_move_step", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        move = move_of(locked, number)
        log.detail |= {"move": move.pk, "step": step}
        asked = move.steps.filter(number=step).first()
        if asked is None:
            raise NotFound
        if move.state not in ("authorised", "done"):
            raise Refused("This move is not authorised, so nobody is told of it yet.")
        row = MoveAnswer(step=asked, case=locked, answer=answer, at=now, by=by)
        row.note = clean_text(note)
        if answer not in dict(ANSWERS_TO_A_STEP):
            raise Faulty({"answer": ("Say whether it is done.",)})
        if answer == "not_needed" and not row.note:
            raise Faulty({"note": ("Say why it is not needed.",)})
        if len(row.note) > MOST:
            raise Faulty({"note": (f"Use {MOST} characters or fewer.",)})
        row.save(force_insert=True)
        log.detail["answer"] = answer
