"""The list of cases, and the case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import can
from fanlight.casework.queries import cases as case_queries
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.lines import DutyLine
from fanlight.casework.queries.staff import own_roles
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import look
from fanlight.casework.web.views.page import page_number, show, viewer_of


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
        still_open=_still_open(request, found.now),
        sees_retention=can(viewer, "retention:see"),
        **_whose(found.now, own_roles(viewer)),
    )


def _still_open(request: TimedRequest, duties: tuple[DutyLine, ...]) -> str:
    """What must be done still, where something was put on the record for a duty just now and did not meet it."""
    if request.GET.get("done") != "recorded":
        return ""
    key = request.GET.get("duty", "")
    return next((duty.must for duty in duties if duty.key == key), "")


def _whose(duties: tuple[DutyLine, ...], roles: tuple[str, ...]) -> dict[str, Any]:
    """What the viewer does comes before what others do; where nothing is the viewer's, it all stands together."""
    theirs = [duty for duty in duties if set(duty.who) & set(roles)]
    others = [duty for duty in duties if duty not in theirs]
    return {"mine": roles, "now_mine": theirs or others, "now_others": others if theirs else []}
