"""Who looked at what: the pages of the data protection officer. Each look at them is itself in the log."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.log_view import log_view_refused
from fanlight.casework.actions.see_log import see_log
from fanlight.casework.queries import who_saw
from fanlight.casework.queries.unusual import KINDS, unusual
from fanlight.casework.queries.who_saw import PERIODS, Period
from fanlight.casework.web.forms.log import CaseAskedForm, StaffAskedForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import go, page_number, show, viewer_of

MONTH, WEEK = 28, 7
QUARTER = PERIODS[:-1]
"""What is unusual is not looked for in a whole year at once."""


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: TimedRequest) -> HttpResponse:
    """This function will ask whose log to look at: that of a case, of a colleague, or of everybody."""
    viewer = viewer_of(request)
    people = who_saw.colleagues_in_the_log(viewer)
    chosen = request.POST.get("do", "") if request.method == "POST" else ""
    of_case = CaseAskedForm(request.POST if chosen == "case" else None)
    of_staff = StaffAskedForm(request.POST if chosen == "staff" else None, people=people)
    if chosen == "case" and of_case.is_valid():
        # Only what is the reference of a case goes into an address: somebody may have typed a name.
        case = _case(request, of_case.cleaned_data["reference"])
        if case:
            return go("log-case", case)
        of_case.add_error("reference", "There is no case with this reference")
    if chosen == "staff" and of_staff.is_valid():
        return go("log-staff", of_staff.cleaned_data["person"])
    return show(
        request, "log.html", "The log", here="log", forms=[of_case, of_staff], of_case=of_case, of_staff=of_staff
    )


def _case(request: TimedRequest, typed: str) -> str:
    viewer = viewer_of(request)
    try:
        return access.case_to_audit(viewer, typed.upper()).reference
    except access.NotFound:
        log_view_refused(reference=typed.upper(), page="log case", by=viewer, now=request.now)
        return ""


@require_http_methods(["GET", "HEAD"])
def of_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show who did and saw what in a case."""
    rows = who_saw.who_saw_case(viewer_of(request), reference, page=page_number(request))
    see_log(page="log-case", reference=reference, by=viewer_of(request), now=request.now)
    return _rows(request, f"Who saw case {reference}", rows, reference=reference)


@require_http_methods(["GET", "HEAD"])
def of_staff(request: TimedRequest, person: int) -> HttpResponse:
    """This function will show what a colleague did and saw."""
    period = _period(request, MONTH)
    found = who_saw.what_they_saw(viewer_of(request), person, period, page=page_number(request))
    see_log(page="log-staff", of=person, by=viewer_of(request), now=request.now)
    heading = f"What {found.name} did and saw"
    return _rows(
        request,
        "What a colleague did and saw",
        found.rows,
        heading=heading,
        period=period,
        person=person,
        has_left=not found.is_active,
    )


@require_http_methods(["GET", "HEAD"])
def refusals(request: TimedRequest) -> HttpResponse:
    """This function will show what was refused to whom."""
    period = _period(request, WEEK)
    rows = who_saw.what_was_refused(viewer_of(request), period, page=page_number(request))
    see_log(page="log-refusals", by=viewer_of(request), now=request.now)
    return _rows(request, "What was refused", rows, period=period)


@require_http_methods(["GET", "HEAD"])
def emergencies(request: TimedRequest) -> HttpResponse:
    """This function will show the cases that were opened in an emergency."""
    period = _period(request, MONTH)
    found = who_saw.opened_in_emergency(viewer_of(request), period, page=page_number(request))
    see_log(page="log-emergencies", by=viewer_of(request), now=request.now)
    return _show(request, "log_emergencies.html", "Opened in an emergency", found=found, period=period)


@require_http_methods(["GET", "HEAD"])
def reach(request: TimedRequest) -> HttpResponse:
    """This function will show what is unusual, and why."""
    period = _period(request, WEEK)
    if period.days not in QUARTER:
        period = Period(QUARTER[-1], period.last)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = unusual(viewer_of(request), period, kind=kind, page=page_number(request), now=request.now)
    see_log(page="log-reach", by=viewer_of(request), now=request.now)
    return _show(
        request, "log_reach.html", "Unusual reach", found=found, period=period, kind=kind, kinds=KINDS, periods=QUARTER
    )


def _period(request: TimedRequest, usual: int) -> Period:
    return who_saw.period_of(request.GET.get("days", ""), request.GET.get("last", ""), request.now, usual=usual)


def _rows(request: TimedRequest, title: str, rows: Any, **context: Any) -> HttpResponse:
    context.setdefault("heading", title)
    return _show(request, "log_rows.html", title, rows=rows, **context)


def _show(request: TimedRequest, template: str, title: str, **context: Any) -> HttpResponse:
    period = context.get("period")
    days = f"days={period.days}&last={period.last.isoformat()}" if period else ""
    back = (reverse("log"), "The log")
    context.setdefault("periods", PERIODS)
    return show(request, template, title, here="log", back=back, days=days, **context)
