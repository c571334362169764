"""Moves that leave no trace: those of a case, one of them, and what is asked, authorised and answered in it."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field, StrictBool

from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.decide_on_lifting import decide_on_lifting
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Day, Name, Number, Text
from fanlight.casework.queries import moving as queries
from fanlight.casework.queries.moving import MovePage, MovesOfCase

router = Router(tags=["Moves"])


class MoveBody(Body):
    """Who moves, by the number of their part; why it must leave no trace; when and where to, where that is known.

    `home` is the reference or UPRN of a home of the landlord's own, in place of `address`. `named` are the colleagues who
    should know it, by their numbers: it is the authoriser who lets them.
    """

    part: Number
    reason: Text
    moves_on: Day | None = None
    address: Text = ""
    home: Name = ""
    may_write: StrictBool | None = None
    named: Annotated[list[Number], Field(max_length=100)] = []


class DecisionBody(Body):
    """Whether a move is authorised, who may then know the address, and why not."""

    authorise: StrictBool
    named: Annotated[list[Number], Field(max_length=100)] = []
    reason: Text = ""


class LiftBody(Body):
    """Which address need be protected no longer, of whom, by the number of their part, and why; whether they want it.

    `way` is the number of a protected address of theirs; none where a move hides what the housing system says of where they live.
    """

    part: Number
    way: Number | None = None
    reason: Text
    they_agree: StrictBool | None = None


class LiftingDecisionBody(Body):
    """Whether the protection is lifted, and why not."""

    lifts: StrictBool
    reason: Text = ""


class StepBody(Body):
    """What was done about a system: `done`, or `not_needed` with a note that says why."""

    answer: Name
    note: Text = ""


@router.get("/cases/{reference}/moves", url_name="case-moves", response=answers(MovesOfCase))
def of_case(request: HttpRequest, reference: str) -> MovesOfCase:
    """This address will show the moves of a case and the protected addresses in it: whole to who is named, to others whom to ask."""
    found = queries.moves_of_case(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "case-moves")
    return found


@router.post("/cases/{reference}/moves", url_name="ask-for-move", response=answers(MovePage, status=201))
def ask(request: HttpRequest, reference: str, said: MoveBody) -> Status[object]:
    """This address will ask for a move; somebody else authorises it."""
    number = ask_for_move(
        case=case_of(request, reference),
        part=said.part,
        reason=said.reason,
        moves_on=said.moves_on,
        address=said.address,
        home=said.home,
        may_write=said.may_write,
        named=said.named,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, queries.move_page(viewer_of(request), reference, number, now=now_of(request)))


@router.get("/cases/{reference}/moves/{int:number}", url_name="move", response=answers(MovePage))
def one(request: HttpRequest, reference: str, number: int) -> MovePage:
    """This address will show a move and its checklist."""
    found = queries.move_page(viewer_of(request), reference, number, now=now_of(request))
    looked(request, reference, "move")
    return found


@router.post("/cases/{reference}/moves/{int:number}/decision", url_name="decide-on-move", response=answers(MovePage))
def decide(request: HttpRequest, reference: str, number: int, said: DecisionBody) -> MovePage:
    """This address will authorise a move that somebody else asked for, or refuse it."""
    decide_on_move(
        case=case_of(request, reference),
        number=number,
        authorise=said.authorise,
        reason=said.reason,
        named=said.named,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.move_page(viewer_of(request), reference, number, now=now_of(request))


@router.post("/cases/{reference}/liftings", url_name="ask-to-lift", response=answers(MovesOfCase, status=201))
def lift(request: HttpRequest, reference: str, said: LiftBody) -> Status[object]:
    """This address will ask that a protected address be protected no longer; somebody else decides."""
    ask_to_lift(
        case=case_of(request, reference),
        part=said.part,
        way=said.way,
        reason=said.reason,
        they_agree=said.they_agree,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, queries.moves_of_case(viewer_of(request), reference, now=now_of(request)))


@router.post(
    "/cases/{reference}/liftings/{int:number}/decision", url_name="decide-on-lifting", response=answers(MovesOfCase)
)
def decide_lifting(request: HttpRequest, reference: str, number: int, said: LiftingDecisionBody) -> MovesOfCase:
    """This address will lift the protection of an address that somebody else asked to have lifted, or keep it."""
    decide_on_lifting(
        case=case_of(request, reference),
        number=number,
        lifts=said.lifts,
        reason=said.reason,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.moves_of_case(viewer_of(request), reference, now=now_of(request))


@router.post("/cases/{reference}/moves/{int:number}/steps/{int:step}", url_name="move-step", response=answers(MovePage))
def answer(request: HttpRequest, reference: str, number: int, step: int, said: StepBody) -> MovePage:
    """This address will put down what was done about one system of the checklist."""
    answer_move_step(
        case=case_of(request, reference),
        number=number,
        step=step,
        answer=said.answer,
        note=said.note,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.move_page(viewer_of(request), reference, number, now=now_of(request))
