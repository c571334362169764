"""What the people at risk want, in their own words, and what was planned with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.agree_plan import agree_plan
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.copy_plan import COPIED_BY, copy_plan
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.make_action_plan import make_action_plan
from fanlight.casework.actions.make_safety_plan import make_safety_plan
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.queries import plans as queries
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.queries.plans import PlanPage
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.plans import (
    ActionPlanForm,
    CopyPlanForm,
    PlanItemForm,
    SafetyPlanForm,
    WishesForm,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, seen, show, viewer_of


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _part(typed: Mapping[str, Any], people: Sequence[PartLine]) -> int:
    """Whose it is: as it was said, or the only one of whom it can be."""
    return int(typed.get("part") or (people[0].id if people else 0))


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show what they want and wanted, and write down what they say now."""
    viewer = viewer_of(request)
    found = queries.wishes_page(viewer, reference, now=request.now)
    if request.method == "POST" and not found.may_write:
        raise Refused("You cannot write in this case.")
    form = WishesForm(_typed(request), people=found.at_risk)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        write_wishes(
            case=case_of(request, reference),
            part=_part(typed, found.at_risk),
            words=typed["words"],
            at=typed["at"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="wishes")

    title = f"What they want, case {reference}"
    return FormPage(
        request,
        reference,
        form,
        "wishes.html",
        title,
        found=found,
        at_risk=found.at_risk,
        last_sequence=found.last_sequence,
    ).answer(act)


def _duty(request: TimedRequest) -> str:
    """The duty for which a form was opened: it comes with the address, and goes with what is sent."""
    said = request.POST if request.method == "POST" else request.GET
    return said.get("duty", "")[:120]


def _to_plans(reference: str) -> tuple[str, str]:
    return reverse("plans", args=[reference]), f"Plans, case {reference}"


@require_http_methods(["GET", "HEAD"])
def plans(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show what was planned in a case."""
    found = queries.plans_page(viewer_of(request), reference, now=request.now)
    look(request, reference)
    title = f"Plans, case {reference}"
    return show(
        request,
        "plans.html",
        title,
        here="cases",
        back=back_to(reference),
        found=found,
        at_risk=found.at_risk,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD"])
def plan(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will show one plan, with what became of it."""
    found = queries.plan_page(viewer_of(request), reference, number, now=request.now)
    look(request, reference)
    return show(
        request,
        "plan.html",
        f"A plan, case {reference}",
        here="cases",
        back=_to_plans(reference),
        found=found,
        at_risk=found.at_risk,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action_plan(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will write down an action plan."""
    page = queries.plan_form(viewer_of(request), reference, "action_plan", now=request.now)
    form = ActionPlanForm(_typed(request), page=page)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        rows = form.items()
        try:
            number = make_action_plan(items=[item for _, item in rows], **_made(request, reference, page, typed))
        except Faulty as faulty:
            raise Faulty(_by_row(faulty, [row for row, _ in rows])) from faulty
        return go("plan", reference, number, done="plan-made")

    return _plan_form_page(request, reference, form, "action_plan.html", page).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def safety_plan(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will write down a safety plan."""
    page = queries.plan_form(viewer_of(request), reference, "safety_plan", now=request.now)
    form = SafetyPlanForm(_typed(request), page=page)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        try:
            number = make_safety_plan(sections=form.said(), **_made(request, reference, page, typed))
        except Faulty as faulty:
            sections = {section.id for section in page.sections}
            said = {f"section-{name}" if name in sections else name: why for name, why in faulty.faults.items()}
            raise Faulty(said) from faulty
        return go("plan", reference, number, done="plan-made")

    return _plan_form_page(request, reference, form, "safety_plan.html", page).answer(act)


def _made(request: TimedRequest, reference: str, page: queries.PlanForm, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What every plan is made with."""
    return {
        "case": case_of(request, reference),
        "part": _part(typed, page.at_risk) or None,
        "agreed": typed["agreed"],
        "may_keep": typed["may_keep"],
        "note": typed["note"],
        "at": typed["at"],
        "expected_sequence": seen(request),
        "overrides": overrides_of(request),
        "duty": _duty(request),
        "by": viewer_of(request),
        "now": request.now,
    }


def _by_row(faulty: Faulty, rows: Sequence[int]) -> dict[str, tuple[str, ...]]:
    """The faults of items at the rows in which they were written: `what-2` is the second item, and may stand in the third row."""
    found: dict[str, tuple[str, ...]] = {}
    for name, why in faulty.faults.items():
        field, _, number = name.partition("-")
        is_row = number.isdigit() and int(number) <= len(rows)
        found[f"{field}-{rows[int(number) - 1]}" if is_row else name] = why
    return found


def _plan_form_page(
    request: TimedRequest, reference: str, form: PageForm, template: str, page: queries.PlanForm
) -> FormPage:
    return FormPage(
        request,
        reference,
        form,
        template,
        f"Write a plan down, case {reference}",
        back=_to_plans(reference),
        may_override=True,
        page=page,
        at_risk=page.at_risk,
        duty=_duty(request),
        last_sequence=page.last_sequence,
    )


def _one_to_change(request: TimedRequest, reference: str, number: int) -> PlanPage:
    found = queries.plan_page(viewer_of(request), reference, number, now=request.now)
    if not found.may_write:
        raise Refused("Nothing more is said of this plan: another has taken its place, or you cannot write here.")
    return found


def _plan_question(
    request: TimedRequest, found: PlanPage, form: PageForm, heading: str, lines: Sequence[str], button: str, **more: Any
) -> FormPage:
    reference, number = found.reference, found.plan.number
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"A plan, case {reference}",
        back=(reverse("plan", args=[reference, number]), "Back to the plan"),
        at_risk=found.at_risk,
        heading=heading,
        lines=lines,
        button=button,
        **more,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: TimedRequest, reference: str, number: int, item: int) -> HttpResponse:
    """This function will say what became of an item."""
    found = _one_to_change(request, reference, number)
    line = next((one for one in found.plan.items if one.number == item), None)
    if line is None:
        raise NotFound
    form = PlanItemForm(_typed(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case, by = case_of(request, reference), viewer_of(request)
        answer_plan_item(case=case, number=number, item=item, **typed, by=by, now=request.now)
        return go("plan", reference, number, done="item-answered")

    return _plan_question(request, found, form, line.what, [line.does], "Save it").answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will record that they agreed a plan."""
    found = _one_to_change(request, reference, number)
    if found.plan.agreed_at is not None:
        return go("plan", reference, number)

    def act(_typed: dict[str, Any]) -> HttpResponseRedirect:
        agree_plan(
            case=case_of(request, reference),
            number=number,
            expected_sequence=seen(request),
            duty=_duty(request),
            by=viewer_of(request),
            now=request.now,
        )
        return go("plan", reference, number, done="plan-agreed")

    lines = ["They agree the plan as it stands. If anything in it is to be another way, write it down anew with them."]
    return _plan_question(
        request,
        found,
        PageForm(_typed(request)),
        "They have agreed this plan",
        lines,
        "They have agreed it",
        last_sequence=found.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will give or send a copy, where it is safe to keep one."""
    viewer = viewer_of(request)
    found = _one_to_change(request, reference, number)
    choices = queries.copy_choices(viewer, reference, number, COPIED_BY, now=request.now)
    form = CopyPlanForm(_typed(request), choices=choices)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        chosen = typed["reach"]
        copy_plan(
            case=case_of(request, reference),
            number=number,
            reach=Reach("in_person", found.part) if chosen == "in_person" else Reach("", found.part, chosen),
            safe_to_keep=typed["safe_to_keep"],
            by=viewer,
            now=request.now,
        )
        return go("plan", reference, number, done="plan-copied")

    return FormPage(
        request,
        reference,
        form,
        "copy_plan.html",
        f"A copy of a plan, case {reference}",
        back=(reverse("plan", args=[reference, number]), "Back to the plan"),
        found=found,
        at_risk=found.at_risk,
        closed=[one for one in choices if not one.is_open],
    ).answer(act)


@require_http_methods(["GET", "HEAD"])
def document(request: TimedRequest, reference: str, number: int, copy: int) -> HttpResponse:
    """This function will give a copy as it was made, under a name that says nothing."""
    pdf = queries.plan_copy(viewer_of(request), reference, number, copy, now=request.now)
    log_view(reference=reference, page="plan-copy", how="download", by=viewer_of(request), now=request.now)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="document.pdf"'}
    )
