"""Consent, and what leaves the landlord: to whom, what exactly, why, on which grounds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import Refused
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.queries import consents as consent_queries
from fanlight.casework.web.forms.sharing import ConsentForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, seen, show, viewer_of

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def consent(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the consent of a case: what holds, and what was said before."""
    found = consent_queries.consent_page(viewer_of(request), reference, now=request.now)
    look(request, reference)
    title = f"Consent, case {reference}"
    return show(request, "consent.html", title, here="cases", back=back_to(reference), found=found, reference=reference)


@require_http_methods(FORM)
def take_consent(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will put on the record what somebody said to being told about."""
    viewer = viewer_of(request)
    asked = consent_queries.consent_page(viewer, reference, now=request.now)
    if not asked.may_record:
        raise Refused("You may not record consent in this case as it stands.")
    form = ConsentForm(_sent(request), asked=asked, initial=_said_before(request, asked))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        record_consent(
            case=case_of(request, reference),
            **form.asked_for(),
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer,
            now=request.now,
        )
        return go("consent", reference, done="consent")

    title = f"Record consent, case {reference}"
    back = (reverse("consent", args=[reference]), f"Consent, case {reference}")
    return FormPage(
        request,
        reference,
        form,
        "record_consent.html",
        title,
        back=back,
        may_override=True,
        asked=asked,
        last_sequence=asked.last_sequence,
    ).answer(act)


def _said_before(request: TimedRequest, asked: consent_queries.ConsentPage) -> dict[str, Any]:
    """Whoever says something anew, of a person, a receiver and a purpose, has these three filled in."""
    typed = request.GET.get("anew", "")
    line = next((one for one in asked.now if str(one.sequence) == typed), None)
    if line is None:
        return {}
    said = {"part": str(line.part), "to": f"{line.to}/{line.service}", "organisation": line.organisation}
    return {**said, "purpose": line.purpose}


def _sent(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None
