"""Report it, its receipt, and the note that 999 was called."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from fanlight.casework.actions.call_999 import call_999
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.refusals import Alike, Faulty
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.models import Person, Staff
from fanlight.casework.queries.find_people import FoundPerson, person_numbered
from fanlight.casework.queries.report_form import report_form
from fanlight.casework.queries.report_receipt import report_receipt
from fanlight.casework.queries.staff import colleague, everybody
from fanlight.casework.web.forms.pages import ReportForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import blame, carry_out_once, go, show, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: TimedRequest) -> HttpResponse:
    """This function will take a report from anybody on staff."""
    viewer = viewer_of(request)
    asked = report_form(viewer, now=request.now)
    staff = everybody(viewer)
    form = ReportForm(request.POST if request.method == "POST" else None, asked=asked, staff=staff)

    alike: tuple[FoundPerson, ...] = ()

    def act() -> HttpResponseRedirect:
        case = report_abuse(
            fields=form.own(),
            facts=form.facts(),
            note=form.cleaned_data["note"],
            people=_people(viewer, form),
            at=form.cleaned_data["at"],
            by=viewer,
            now=request.now,
        )
        return go("receipt", case.reference)

    if request.method == "POST" and form.is_valid():
        try:
            return carry_out_once(request, act)
        except Alike as found:
            blame(form, found)
            alike = found.people
        except Faulty as faulty:
            blame(form, faulty)
    return show(request, "report.html", "Report it", here="report", forms=[form], form=form, alike=alike)


def _one_of_them(viewer: Staff, form: ReportForm) -> Person | None:
    """Who it is, where whoever reports has said that it is one who is known already."""
    return person_numbered(viewer, form.cleaned_data["same_as"])


def _people(viewer: Staff, form: ReportForm) -> tuple[NewPart, ...]:
    typed = form.cleaned_data
    works_here = colleague(viewer, int(typed["works_here"])) if typed["works_here"] else None
    person = NewPart(
        "person_at_risk",
        name=typed["name"],
        phone=typed["phone"],
        safe_contact=typed["safe_contact"],
        staff=works_here if typed["their_part"] == "person_at_risk" else None,
        person=_one_of_them(viewer, form),
        asks_once=True,
        looked=bool(typed["same_as"]),
    )
    people = [person] if any((person.name, person.phone, person.safe_contact, person.staff)) else []
    if works_here is not None and typed["their_part"] == "causing_harm":
        people.append(NewPart("causing_harm", staff=works_here))
    return tuple(people)


@require_http_methods(["GET", "HEAD"])
def receipt(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the receipt of a report to the person who made it."""
    found = report_receipt(viewer_of(request), reference, now=request.now)
    log_view(reference=reference, page="receipt", by=viewer_of(request), now=request.now)
    return show(request, "receipt.html", "Report received", here="report", receipt=found)


@require_POST
def called_999(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will note that 999 was called."""

    def act() -> HttpResponseRedirect:
        call_999(reference=reference, by=viewer_of(request), now=request.now)
        return go("receipt", reference, done="called-999")

    return carry_out_once(request, act)
