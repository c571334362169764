"""Interviews: those of a case, and the form of one, which says what is not right before it is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.queries.entry_form import entry_form
from fanlight.casework.queries.interviews import interviews_page
from fanlight.casework.web.forms.interviews import InterviewForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, seen, show, viewer_of


@require_http_methods(["GET", "HEAD"])
def interviews(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the interviews of a case."""
    found = interviews_page(viewer_of(request), reference, now=request.now)
    look(request, reference)
    return show(
        request,
        "interviews.html",
        f"Interviews, case {reference}",
        here="cases",
        back=back_to(reference),
        found=found,
        at_risk=found.at_risk,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will take an interview."""
    viewer = viewer_of(request)
    said = request.POST if request.method == "POST" else request.GET
    asked = entry_form(viewer, reference, "interview", duty=said.get("duty", "")[:120], now=request.now)
    form = InterviewForm(request.POST if request.method == "POST" else None, asked=asked)
    duty = asked.duty.key if asked.duty else ""

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        taken = form.typed()
        record_interview(
            case=case_of(request, reference),
            fields=taken.fields,
            facts=taken.facts,
            note=taken.note,
            at=taken.at,
            reach=taken.reach,
            with_them=typed["with_them"],
            interpreted_by=typed["interpreted_by"],
            reason=typed["reason"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            duty=duty,
            by=viewer,
            now=request.now,
        )
        return (
            go("case", reference, done="recorded", duty=duty) if duty else go("interviews", reference, done="recorded")
        )

    return FormPage(
        request,
        reference,
        form,
        "interview.html",
        f"Interview, case {reference}",
        back=(reverse("interviews", args=[reference]), f"Interviews, case {reference}"),
        may_override=True,
        asked=asked,
        last_sequence=asked.last_sequence,
    ).answer(act)
