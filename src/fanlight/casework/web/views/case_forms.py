"""What is done on the page of a case: answer, name people, give it, hand it over, strike, close, reopen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.queries.answers import STATED_APART
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.close_form import AssignForm as Asked
from fanlight.casework.queries.close_form import assign_form, close_form
from fanlight.casework.queries.entry_form import entry_form
from fanlight.casework.queries.lines import FieldLine
from fanlight.casework.queries.staff import colleague, everybody, parts_to_choose
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
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import (
    case_of,
    go,
    overrides_of,
    seen,
    viewer_of,
)


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
    if fact in STATED_APART:
        return go("assessments", reference)
    line = next((one for one in (*asked.facts, *asked.more_facts) if one.term.name == fact), None)
    if line is None:
        return go("case", reference)
    form = QuestionForm(request.POST if request.method == "POST" else None, line=line)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        answer_question(
            case=case_of(request, reference),
            facts={fact: typed[form.name]},
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="answered")

    return FormPage(
        request,
        reference,
        form,
        "question.html",
        f"A question for case {reference}",
        last_sequence=asked.last_sequence,
    ).answer(act)


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

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        works_here = colleague(viewer, int(typed["works_here"])) if typed["works_here"] else None
        case = case_of(request, reference)
        add_part(
            case=case,
            name=typed["name"],
            part=typed["part"],
            safe_contact=typed["safe_contact"],
            phone=typed["phone"],
            staff_email=works_here.email if works_here else "",
            born=typed["born"],
            same_as=form.one_of_them(),
            not_them=typed["not_them"],
            by=viewer,
            now=request.now,
        )
        if not access.standing_of(viewer, case, now=request.now).sees:
            return go("my-duties", done="restricted")
        return go("case", reference, done="person")

    return FormPage(request, reference, form, "person.html", f"Add a person to case {reference}").answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will give the case to somebody."""
    viewer = viewer_of(request)
    asked = assign_form(viewer, reference, now=request.now)
    if why_not := access.find_case(viewer, reference, now=request.now)[1].why_not_record("assigned"):
        raise access.Refused(why_not)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        colleagues=asked.colleagues,
        lead=asked.case.lead,
        one_point_of_contact=asked.one_point_of_contact,
        initial={"taker": _proposed(asked)},
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        number, role = taker(typed["taker"])
        leads_now = assign_case(
            case=case_of(request, reference),
            to=colleague(viewer, number),
            role=role,
            note=typed["note"],
            reason=typed.get("reason", ""),
            at_once=typed.get("at_once") == "yes",
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="assigned" if leads_now else "handed-over")

    title = f"Give case {reference} to somebody"
    return FormPage(
        request, reference, form, "assign.html", title, asked=asked, last_sequence=asked.last_sequence
    ).answer(act)


def _proposed(asked: Asked) -> str:
    """The choice that stands for whoever is proposed, unless it is with them already."""
    proposed = asked.whose.proposed
    return asked.whose.choice if proposed and proposed[0].id != asked.leads else ""


@require_http_methods(["GET", "HEAD", "POST"])
def give_over(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will hand the case, or a part of it, over."""
    viewer = viewer_of(request)
    asked = assign_form(viewer, reference, now=request.now)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        services=dict(asked.services),
        colleagues=asked.colleagues,
        one_point_of_contact=asked.one_point_of_contact and bool(asked.case.lead),
        initial={"to": request.GET.get("to", "")},
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        hand_over(
            case=case_of(request, reference),
            to=typed["to"],
            to_staff=colleague(viewer, int(typed["person"])) if typed["person"] else None,
            note=typed["note"],
            reason=typed.get("reason", ""),
            at=typed["at"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="handed-over")

    return FormPage(
        request,
        reference,
        form,
        "hand_over.html",
        f"Hand over from case {reference}",
        may_override=True,
        last_sequence=asked.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def received(request: TimedRequest, reference: str, sequence: int) -> HttpResponse:
    """This function will take the receiver's word that a hand-over has arrived."""
    viewer = viewer_of(request)
    page = case_page(viewer, reference, now=request.now)
    found = next((one for one in page.handovers if one.sequence == sequence), None)
    if found is None:
        return go("case", reference)
    # A list of duties links here for whoever has the duty. Who may not say that it has arrived is shown the case.
    may_receive = found.for_me or (found.may_receive and "receipt" in page.may.record)
    if request.method != "POST" and not may_receive:
        return go("case", reference)
    form = ReceiptForm(
        request.POST if request.method == "POST" else None, initial={"by": viewer.name if found.for_me else ""}
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
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

    return FormPage(request, reference, form, "received.html", f"Received, case {reference}", found=found).answer(act)


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

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        strike_entry(
            case=case_of(request, reference),
            sequence=sequence,
            reason=typed["reason"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="struck")

    return FormPage(
        request,
        reference,
        form,
        "strike.html",
        f"Strike an entry of case {reference}",
        entry=found,
        last_sequence=page.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will close the case, with what is still owed in plain sight."""
    viewer = viewer_of(request)
    asked = close_form(viewer, reference, now=request.now)
    if asked.case.status == "closed":
        return go("case", reference)
    form = CloseForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
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

    return FormPage(
        request,
        reference,
        form,
        "close.html",
        f"Close case {reference}",
        may_override=True,
        asked=asked,
        last_sequence=asked.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will open a closed case again."""
    viewer = viewer_of(request)
    asked = close_form(viewer, reference, now=request.now)
    if asked.case.status != "closed":
        return go("case", reference)
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        reopen_case(
            case=case_of(request, reference),
            reason=typed["reason"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="reopened")

    return FormPage(
        request,
        reference,
        form,
        "reopen.html",
        f"Reopen case {reference}",
        asked=asked,
        last_sequence=asked.last_sequence,
    ).answer(act)
