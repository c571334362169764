"""Moves that leave no trace: asked for, authorised by somebody else, carried out; and who may know an address."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.cancel_move import cancel_move
from fanlight.casework.actions.correct_move import correct_move
from fanlight.casework.actions.decide_on_lifting import decide_on_lifting
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.finish_move import finish_move
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.name_knower import end_knowing, name_knower
from fanlight.casework.queries import moving as queries
from fanlight.casework.queries.staff import colleague
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.moving import (
    AskForMoveForm,
    AskToLiftForm,
    CorrectMoveForm,
    DecideOnLiftingForm,
    DecideOnMoveForm,
    NameKnowerForm,
    ReasonForm,
    StepForm,
    numbers,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, page_number, show, viewer_of
from fanlight.present import LONDON

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def open_moves(request: TimedRequest) -> HttpResponse:
    """This function will list the open moves of the cases that the viewer sees."""
    viewer = viewer_of(request)
    found = queries.open_moves(viewer, page=page_number(request), now=request.now)
    lifting = queries.liftings_to_decide(viewer, now=request.now)
    log_view(reference="", page="moves", by=viewer, now=request.now)
    return show(request, "moves.html", "Moves", here="moves", found=found, lifting=lifting)


@require_http_methods(["GET", "HEAD"])
def of_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the moves of a case, and the protected addresses in it."""
    found = queries.moves_of_case(viewer_of(request), reference, now=request.now)
    look(request, reference)
    title = f"Moves, case {reference}"
    return show(
        request, "case_moves.html", title, here="cases", back=back_to(reference), found=found, reference=reference
    )


@require_http_methods(FORM)
def ask(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will ask for a move."""
    viewer = viewer_of(request)
    found, colleagues = queries.ask_for_move_form(viewer, reference, now=request.now)
    form = AskForMoveForm(_sent(request), people=found.people, colleagues=colleagues)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        number = ask_for_move(
            case=case_of(request, reference),
            part=int(typed["part"]),
            reason=typed["reason"],
            moves_on=typed["moves_on"],
            address=typed["address"],
            home=typed["home"],
            may_write=typed["may_write"],
            named=numbers(typed["named"]),
            by=viewer,
            now=request.now,
        )
        return go("move", reference, number, done="move-asked")

    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"Ask for a move, case {reference}",
        back=_moves(reference),
        heading="Ask for a move that leaves no trace",
        lines=[
            "Somebody else authorises it. Then each system that could give the new address away is looked at, one by one.",
            "Until then the housing system's word of where they live is hidden as it comes in.",
        ],
        button="Ask for it",
    ).answer(act)


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will show a move: how far it is, its checklist, and what comes next."""
    found = queries.move_page(viewer_of(request), reference, number, now=request.now)
    look(request, reference)
    title = f"A move, case {reference}"
    return show(request, "move.html", title, here="cases", back=_moves(reference), found=found, reference=reference)


@require_http_methods(FORM)
def decide(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will authorise a move, or refuse it."""
    viewer = viewer_of(request)
    found = queries.move_page(viewer, reference, number, now=request.now)
    if found.why_not_decide:
        raise Refused(found.why_not_decide)
    if not found.may_decide:
        return go("move", reference, number)
    proposed = [str(one) for one in found.proposed]
    form = DecideOnMoveForm(_sent(request), colleagues=found.colleagues, initial={"named": proposed})

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        is_authorised = typed["decision"] == "yes"
        decide_on_move(
            case=case_of(request, reference),
            number=number,
            authorise=is_authorised,
            reason=typed["reason"],
            named=numbers(typed["named"]),
            by=viewer,
            now=request.now,
        )
        return go("move", reference, number, done="move-authorised" if is_authorised else "move-refused")

    lines = [f"{found.line.asked_by} asks for it: {found.reason}"]
    if found.proposed_names:
        lines.append(f"Proposed to know the address: {', '.join(found.proposed_names)}.")
    return _page(request, reference, number, form, "Authorise a move", "Go on", lines=lines).answer(act)


@require_http_methods(FORM)
def step(request: TimedRequest, reference: str, number: int, step: int) -> HttpResponse:
    """This function will put down what was done about a system."""
    viewer = viewer_of(request)
    found = queries.move_page(viewer, reference, number, now=request.now)
    line = next((one for one in (*found.tell, *found.silent) if one.number == step), None)
    if line is None:
        raise NotFound
    _demand(found)
    if found.line.state not in ("authorised", "done"):
        return go("move", reference, number)
    form = StepForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        answer_move_step(
            case=case_of(request, reference), number=number, step=step, **typed, by=viewer, now=request.now
        )
        return go("move", reference, number, done="step-answered")

    manner = "It must be told, without more than it needs." if line.manner == "tell" else "It must be kept silent."
    return _page(request, reference, number, form, line.title, "Save", lines=[manner]).answer(act)


@require_http_methods(FORM)
def finish(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will finish a move."""
    viewer = viewer_of(request)
    found = queries.move_page(viewer, reference, number, now=request.now)
    _demand(found)
    if found.line.state != "authorised":
        return go("move", reference, number)
    form = PageForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        finish_move(case=case_of(request, reference), number=number, by=viewer, now=request.now)
        return go("move", reference, number, done="move-done")

    lines = [
        "Where they lived is ended in the register, and whoever looks there does not find them.",
        "Post and visits to where they lived are not safe from then on.",
    ]
    return _page(request, reference, number, form, "The move is done", "It is done", lines=lines).answer(act)


@require_http_methods(FORM)
def correct(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will put a move right."""
    viewer = viewer_of(request)
    found = queries.move_page(viewer, reference, number, now=request.now)
    _demand(found)
    if found.line.state not in ("asked", "authorised"):
        return go("move", reference, number)
    form = CorrectMoveForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        correct_move(case=case_of(request, reference), number=number, **typed, by=viewer, now=request.now)
        return go("move", reference, number, done="move-corrected")

    lines = ["Another address is authorised anew, by somebody who wrote down neither."]
    return _page(request, reference, number, form, "Put the move right", "Save", lines=lines).answer(act)


@require_http_methods(FORM)
def cancel(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will call a move off."""
    viewer = viewer_of(request)
    found = queries.move_page(viewer, reference, number, now=request.now)
    _demand(found)
    if found.line.state not in ("asked", "authorised"):
        return go("move", reference, number)
    form = ReasonForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        cancel_move(case=case_of(request, reference), number=number, **typed, by=viewer, now=request.now)
        return go("move", reference, number, done="move-cancelled")

    return _page(request, reference, number, form, "Call the move off", "Call it off", warns=True).answer(act)


@require_http_methods(FORM)
def known_to(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will show who may know the protected addresses of somebody, and let one more know."""
    viewer = viewer_of(request)
    found = queries.known_page(viewer, reference, part, now=request.now)
    if request.method == "POST" and not found.may_name:
        raise Refused("Your role may not say who may know an address.")
    form = NameKnowerForm(_sent(request), colleagues=found.colleagues)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        last = typed["last_day"]
        until = datetime.combine(last + timedelta(days=1), time(), LONDON) if last else None
        staff = colleague(viewer, int(typed["staff"]))
        case = case_of(request, reference)
        name_knower(case=case, part=part, staff=staff, until=until, by=viewer, now=request.now)
        return go("known-to", reference, part, done="knower-named")

    title = f"Who may know an address, case {reference}"
    return FormPage(request, reference, form, "known_to.html", title, back=_moves(reference), found=found).answer(act)


@require_http_methods(FORM)
def end_known(request: TimedRequest, reference: str, part: int, person: int) -> HttpResponse:
    """This function will end that somebody may know the protected addresses of a person."""
    viewer = viewer_of(request)
    found = queries.known_page(viewer, reference, part, now=request.now)
    if not found.may_name:
        raise Refused("Your role may not say who may know an address.")
    line = next((one for one in found.now if one.id == person), None)
    if line is None:
        return go("known-to", reference, part)
    form = PageForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        staff = colleague(viewer, person)
        end_knowing(case=case_of(request, reference), part=part, staff=staff, by=viewer, now=request.now)
        return go("known-to", reference, part, done="knower-ended")

    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"Who may know an address, case {reference}",
        back=(reverse("known-to", args=[reference, part]), "Who may know it"),
        heading=f"{line.name} may know it no longer",
        lines=["They do not see the address from their next page on. What they have read, they have read."],
        button="End it",
        warns=True,
    ).answer(act)


@require_http_methods(FORM)
def ask_lifting(request: TimedRequest, reference: str, part: int, way: int) -> HttpResponse:
    """This function will ask that an address be protected no longer; with no way (0), what the housing system says."""
    viewer = viewer_of(request)
    found = queries.moves_of_case(viewer, reference, now=request.now)
    there = [one.name for one in found.addresses if one.part == part and one.way == way] if way else []
    names = there or ([one.name for one in found.hidden if one.id == part] if not way else [])
    if not names:
        raise NotFound
    if not found.may_ask:
        raise Refused("Your role may not write in this case.")
    form = AskToLiftForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        ask_to_lift(case=case_of(request, reference), part=part, way=way or None, **typed, by=viewer, now=request.now)
        return go("case-moves", reference, done="lifting-asked")

    lines = [
        "Somebody else decides, who authorises moves. Until then it is protected as it was.",
        "Once it is lifted, everybody who sees the case can read it, and it is on what is written to them.",
    ]
    if not way:
        lines[1] = "Once it is lifted, the register shows where the housing system says that they live."
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"A protected address, case {reference}",
        back=_moves(reference),
        heading=f"Lift the protection: {names[0]}",
        lines=lines,
        button="Ask for it",
        warns=True,
    ).answer(act)


@require_http_methods(FORM)
def decide_lifting(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will lift the protection of an address, or keep it."""
    viewer = viewer_of(request)
    found = queries.lifting_page(viewer, reference, number, now=request.now)
    if found.why_not_decide:
        raise Refused(found.why_not_decide)
    if not found.may_decide:
        return go("case-moves", reference)
    form = DecideOnLiftingForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        lifts = typed["decision"] == "yes"
        case = case_of(request, reference)
        decide_on_lifting(case=case, number=number, lifts=lifts, reason=typed["reason"], by=viewer, now=request.now)
        return go("case-moves", reference, done="lifted" if lifts else "lifting-kept")

    agreed = {True: "They want it.", False: "They do not want it.", None: "Nobody could ask them."}[found.they_agree]
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"A protected address, case {reference}",
        back=_moves(reference),
        heading=f"Lift the protection: {found.name}",
        lines=[
            f"{found.asked_by} asks for it: {found.reason}",
            agreed,
            "Once it is lifted, everybody who sees the case can read it, and what has been read cannot be taken back.",
        ],
        button="Go on",
        warns=True,
    ).answer(act)


def _page(
    request: TimedRequest,
    reference: str,
    number: int,
    form: PageForm,
    heading: str,
    button: str,
    *,
    lines: list[str] | None = None,
    warns: bool = False,
) -> FormPage:
    back = (reverse("move", args=[reference, number]), "The move")
    title = f"A move, case {reference}"
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        title,
        back=back,
        heading=heading,
        lines=lines or [],
        button=button,
        warns=warns,
    )


def _demand(found: queries.MovePage) -> None:
    if not found.may_write:
        raise Refused("Your role may not write in this case.")


def _moves(reference: str) -> tuple[str, str]:
    return reverse("case-moves", args=[reference]), f"Moves, case {reference}"


def _sent(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None
