"""The list of cases, the case, and everything that is done on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.queries import cases as case_queries
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.close_form import assign_form, close_form
from fanlight.casework.queries.entry_form import entry_form
from fanlight.casework.queries.lines import DutyLine, FieldLine
from fanlight.casework.queries.staff import colleague, everybody, own_roles, parts_to_choose
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.pages import (
    AssignForm,
    CloseForm,
    HandOverForm,
    PartForm,
    ReceiptForm,
    ReopenForm,
    StrikeForm,
    taker,
)
from fanlight.casework.web.forms.vocabulary import field_of, name_of
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import (
    blame,
    case_of,
    go,
    overrides_of,
    page_number,
    seen,
    show,
    stopped,
    viewer_of,
)


@require_http_methods(["GET", "HEAD"])
def many(request: TimedRequest) -> HttpResponse:
    """This function will show the cases that the viewer may see."""
    filters = case_queries.CaseFilters(
        status=request.GET.get("status", "")[:8],
        reference=request.GET.get("reference", "").strip().upper()[:32],
        patch=request.GET.get("patch", "")[:80],
        grade=request.GET.get("grade", "")[:40],
        lead=request.GET.get("lead", "")[:8],
    )
    found = case_queries.cases(viewer_of(request), filters=filters, page=page_number(request), now=request.now)
    return show(request, "cases.html", "Cases", here="cases", found=found, filters=filters)


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show a case: what to do now and why, what to ask, the people, the story."""
    viewer = viewer_of(request)
    found = case_page(viewer, reference, now=request.now)
    look(request, reference)
    return show(
        request,
        "case.html",
        f"Case {reference}",
        here="cases",
        page=found,
        reference=reference,
        **_whose(found.now, own_roles(viewer)),
    )


def _whose(duties: tuple[DutyLine, ...], roles: tuple[str, ...]) -> dict[str, Any]:
    """What the viewer does comes before what others do; where nothing is the viewer's, it all stands together."""
    theirs = [duty for duty in duties if set(duty.who) & set(roles)]
    others = [duty for duty in duties if duty not in theirs]
    return {"mine": roles, "now_mine": theirs or others, "now_others": others if theirs else []}


def look(request: TimedRequest, reference: str) -> None:
    """This function will log that the viewer looks at a page of a case."""
    page = request.resolver_match.url_name if request.resolver_match else None
    log_view(reference=reference, page=page or "case", by=viewer_of(request), now=request.now)


def back_to(reference: str) -> tuple[str, str]:
    """This function will give the link back to a case."""
    return reverse("case", args=[reference]), f"Case {reference}"


def attempt(
    request: TimedRequest,
    reference: str,
    form: PageForm,
    act: Callable[[dict[str, Any]], HttpResponse],
    again: Callable[..., HttpResponse],
    *,
    may_override: bool = False,
) -> HttpResponse:
    """This function will do what a form asks, or show it again with what stands against it and what was typed.

    `act` does it, with what the form took, and gives the answer. `again` shows the page once more.
    `may_override` is whether the action takes reasons for setting a gate aside.
    """
    if request.method != "POST":
        look(request, reference)
        return again()
    if "change" in request.POST or not form.is_valid():
        return again()
    try:
        return act(form.cleaned_data)
    except Faulty as faulty:
        blame(form, faulty)
    except Stopped as stop:
        return stopped(request, stop.gates, reference=reference, back=back_to(reference), may_override=may_override)
    except Conflict as conflict:
        return again(since=conflict.since, last_sequence=conflict.last_sequence, status=409)
    return again()


class QuestionForm(PageForm):
    """One question, answered in place."""

    def __init__(self, data: Any = None, *, line: FieldLine, **kwargs: Any) -> None:
        """This function will make the form for one fact."""
        super().__init__(data, **kwargs)
        self.name = name_of(line)
        self.fields[self.name] = field_of(line, missing="Answer the question, or go back to the case")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: TimedRequest, reference: str, fact: str) -> HttpResponse:
    """This function will put the answer to one question on the record."""
    viewer = viewer_of(request)
    asked = entry_form(viewer, reference, "learned", now=request.now)
    line = next((one for one in (*asked.facts, *asked.more_facts) if one.term.name == fact), None)
    if line is None:
        return go("case", reference)
    form = QuestionForm(request.POST if request.method == "POST" else None, line=line)

    def act(typed: dict[str, Any]) -> HttpResponse:
        answer_question(case=case_of(request, reference), facts={fact: typed[form.name]}, by=viewer, now=request.now)
        return go("case", reference, done="answered")

    def again(status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "question.html",
            f"A question for case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            reference=reference,
            **context,
        )

    return attempt(request, reference, form, act, again)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will name somebody in their part in the case."""
    viewer = viewer_of(request)
    if not case_page(viewer, reference, now=request.now).may.add_part:
        raise access.Refused("Your role may not name people in this case.")
    form = PartForm(
        request.POST if request.method == "POST" else None,
        parts=parts_to_choose(viewer),
        staff=everybody(viewer),
    )

    def act(typed: dict[str, Any]) -> HttpResponse:
        works_here = colleague(viewer, int(typed["works_here"])) if typed["works_here"] else None
        add_part(
            case=case_of(request, reference),
            name=typed["name"],
            part=typed["part"],
            safe_contact=typed["safe_contact"],
            phone=typed["phone"],
            staff_email=works_here.email if works_here else "",
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="person")

    def again(status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "person.html",
            f"Add a person to case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            reference=reference,
            **context,
        )

    return attempt(request, reference, form, act, again)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will give the case to somebody."""
    viewer = viewer_of(request)
    asked = assign_form(viewer, reference, now=request.now)
    if why_not := access.find_case(viewer, reference)[1].why_not_record("assigned"):
        raise access.Refused(why_not)
    form = AssignForm(request.POST if request.method == "POST" else None, colleagues=asked.colleagues)

    def act(typed: dict[str, Any]) -> HttpResponse:
        number, role = taker(typed["taker"])
        assign_case(
            case=case_of(request, reference),
            to=colleague(viewer, number),
            role=role,
            female=typed["female"],
            note=typed["note"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="assigned")

    def again(last_sequence: int = asked.last_sequence, status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "assign.html",
            f"Give case {reference} to somebody",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            reference=reference,
            last_sequence=last_sequence,
            **context,
        )

    return attempt(request, reference, form, act, again)


@require_http_methods(["GET", "HEAD", "POST"])
def give_over(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will hand the case, or a part of it, over."""
    viewer = viewer_of(request)
    asked = assign_form(viewer, reference, now=request.now)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        services=dict(asked.services),
        colleagues=asked.colleagues,
        initial={"to": request.GET.get("to", "")},
    )

    def act(typed: dict[str, Any]) -> HttpResponse:
        hand_over(
            case=case_of(request, reference),
            to=typed["to"],
            to_staff=colleague(viewer, int(typed["person"])) if typed["person"] else None,
            note=typed["note"],
            at=typed["at"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="handed-over")

    def again(last_sequence: int = asked.last_sequence, status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "hand_over.html",
            f"Hand over from case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            reference=reference,
            last_sequence=last_sequence,
            **context,
        )

    return attempt(request, reference, form, act, again, may_override=True)


@require_http_methods(["GET", "HEAD", "POST"])
def received(request: TimedRequest, reference: str, sequence: int) -> HttpResponse:
    """This function will take the receiver's word that a hand-over has arrived."""
    viewer = viewer_of(request)
    waiting = case_page(viewer, reference, now=request.now).handovers
    found = next((one for one in waiting if one.sequence == sequence), None)
    if found is None:
        return go("case", reference)
    form = ReceiptForm(
        request.POST if request.method == "POST" else None, initial={"by": viewer.name if found.for_me else ""}
    )

    def act(typed: dict[str, Any]) -> HttpResponse:
        acknowledge_receipt(
            case=case_of(request, reference),
            sequence=sequence,
            confirmed_by=typed["by"],
            note=typed["note"],
            at=typed["at"],
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="received")

    def again(status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "received.html",
            f"Received, case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            found=found,
            reference=reference,
            **context,
        )

    return attempt(request, reference, form, act, again)


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: TimedRequest, reference: str, sequence: int) -> HttpResponse:
    """This function will strike an entry that was recorded in error."""
    viewer = viewer_of(request)
    page = case_page(viewer, reference, now=request.now)
    if not page.may.strike:
        raise access.Refused("Your role may not strike entries of this case.")
    found = next((one for one in page.story if one.sequence == sequence), None)
    if found is None or found.struck_by or found.kind == "struck":
        return go("case", reference)
    form = StrikeForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponse:
        strike_entry(
            case=case_of(request, reference), sequence=sequence, reason=typed["reason"], by=viewer, now=request.now
        )
        return go("case", reference, done="struck")

    def again(status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "strike.html",
            f"Strike an entry of case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            entry=found,
            reference=reference,
            **context,
        )

    return attempt(request, reference, form, act, again)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will close the case, with what is still owed in plain sight."""
    viewer = viewer_of(request)
    asked = close_form(viewer, reference, now=request.now)
    if asked.case.status == "closed":
        return go("case", reference)
    form = CloseForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponse:
        close_case(
            case=case_of(request, reference),
            reason=typed["reason"],
            outcome=typed["outcome"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="closed")

    def again(last_sequence: int = asked.last_sequence, status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "close.html",
            f"Close case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            asked=asked,
            reference=reference,
            last_sequence=last_sequence,
            **context,
        )

    return attempt(request, reference, form, act, again, may_override=True)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will open a closed case again."""
    viewer = viewer_of(request)
    asked = close_form(viewer, reference, now=request.now)
    if asked.case.status != "closed":
        return go("case", reference)
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponse:
        reopen_case(
            case=case_of(request, reference),
            reason=typed["reason"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="reopened")

    def again(last_sequence: int = asked.last_sequence, status: int = 200, **context: Any) -> HttpResponse:
        return show(
            request,
            "reopen.html",
            f"Reopen case {reference}",
            here="cases",
            back=back_to(reference),
            forms=[form],
            status=status,
            form=form,
            asked=asked,
            reference=reference,
            last_sequence=last_sequence,
            **context,
        )

    return attempt(request, reference, form, act, again)
