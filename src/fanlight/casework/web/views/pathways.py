"""The pathways: what the person at risk chose, and what was offered, chosen and declined of the policy's menus."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import Refused
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.queries import pathways as queries
from fanlight.casework.web.forms.plans import ChoiceForm, OfferForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, seen, show, viewer_of


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _to_pathways(reference: str) -> tuple[str, str]:
    return reverse("pathways", args=[reference]), f"Pathways, case {reference}"


@require_http_methods(["GET", "HEAD"])
def pathways(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the pathways of a case."""
    found = queries.pathways_page(viewer_of(request), reference, now=request.now)
    look(request, reference)
    return show(
        request,
        "pathways.html",
        f"Pathways, case {reference}",
        here="cases",
        back=back_to(reference),
        found=found,
        at_risk=found.at_risk,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will record what they chose."""
    found = queries.pathways_page(viewer_of(request), reference, now=request.now)
    if not found.may_choose:
        raise Refused("Your role may not record this, or the case does not take it now.")
    said = request.POST if request.method == "POST" else request.GET
    duty = said.get("duty", "")[:120]
    form = ChoiceForm(_typed(request), words=found.words)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        record_choice(
            case=case_of(request, reference),
            **typed,
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            duty=duty,
            by=viewer_of(request),
            now=request.now,
        )
        return go("pathways", reference, done="chosen")

    return FormPage(
        request,
        reference,
        form,
        "choice.html",
        f"What they chose, case {reference}",
        back=_to_pathways(reference),
        may_override=True,
        found=found,
        at_risk=found.at_risk,
        duty=duty,
        last_sequence=found.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: TimedRequest, reference: str, option: str, place: int) -> HttpResponse:
    """This function will say what became of an item of a menu."""
    found, menu, item = queries.menu_item(viewer_of(request), reference, option, place, now=request.now)
    form = OfferForm(_typed(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        answer_offer(
            case=case_of(request, reference),
            option=option,
            item=item.item,
            **typed,
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer_of(request),
            now=request.now,
        )
        return go("pathways", reference, done="offered")

    lines = [f"{menu.title}. Clause {menu.clause}."]
    if menu.reading:
        lines.append(f"How we read it: {menu.reading}")
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"What was offered, case {reference}",
        back=_to_pathways(reference),
        may_override=True,
        at_risk=found.at_risk,
        heading=item.offer.title,
        lines=lines,
        button="Put it on the record",
        last_sequence=found.last_sequence,
    ).answer(act)
