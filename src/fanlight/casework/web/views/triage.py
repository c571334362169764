"""Triage: new reports, and what becomes of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.actions.say_who_it_is import say_who_it_is
from fanlight.casework.queries.lines import StoryLine
from fanlight.casework.queries.staff import colleague
from fanlight.casework.queries.triage_queue import triage_queue
from fanlight.casework.queries.triage_report import TriageReport, triage_report
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.pages import JoinForm, OpenForm, RedirectForm, WhoItIsForm, taker
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import (
    blame,
    carry_out_once,
    case_of,
    go,
    page_number,
    seen,
    show,
    stopped,
    viewer_of,
)


@require_http_methods(["GET", "HEAD"])
def queue(request: TimedRequest) -> HttpResponse:
    """This function will show the new reports, danger first."""
    found = triage_queue(viewer_of(request), page=page_number(request), now=request.now)
    return show(request, "triage.html", "Triage", here="triage", queue=found)


@require_http_methods(["GET", "HEAD", "POST"])
def one_report(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show one report, and open a case, join it to one, or send it on."""
    viewer = viewer_of(request)
    found = triage_report(viewer, reference, search=request.GET.get("search", ""), now=request.now)
    chosen = request.POST.get("do", "") if request.method == "POST" else ""
    forms: dict[str, PageForm] = {
        "open": OpenForm(
            request.POST if chosen == "open" else None,
            colleagues=found.officers,
            outcomes=dict(found.outcomes),
            initial={"taker": found.whose.choice, "outcome": found.test.triage_outcome},
        ),
        "who": WhoItIsForm(request.POST if chosen == "who" else None),
        "join": JoinForm(request.POST if chosen == "join" else None, prefix="join"),
        "redirect": RedirectForm(
            request.POST if chosen == "redirect" else None,
            outcomes=dict(found.redirects),
            places=dict(found.redirect_to),
            prefix="redirect",
            initial={"outcome": found.test.triage_outcome, "to": found.test.to},
        ),
    }
    since: tuple[StoryLine, ...] = ()
    last_sequence = found.last_sequence
    if chosen in forms and "change" not in request.POST and forms[chosen].is_valid():
        try:
            return carry_out_once(request, lambda: _done(request, reference, chosen, forms[chosen]))
        except Faulty as faulty:
            blame(forms[chosen], faulty)
        except Stopped as stop:
            here = request.path
            return stopped(request, stop.gates, reference=reference, back=(here, "Back to the report"))
        except Conflict as conflict:
            since, last_sequence = conflict.since, conflict.last_sequence
    if request.method != "POST":
        log_view(reference=reference, page="triage-report", by=viewer, now=request.now)
    return _show(request, found, forms, chosen, since=since, last_sequence=last_sequence)


def _show(
    request: TimedRequest, found: TriageReport, forms: dict[str, PageForm], chosen: str, **context: Any
) -> HttpResponse:
    return show(
        request,
        "triage_report.html",
        f"Report {found.reference}",
        here="triage",
        back=("/triage", "All new reports"),
        forms=list(forms.values()),
        found=found,
        test=found.test,
        whose=found.whose,
        known=found.known,
        policy_says=found.policy_says,
        abused_before=found.abused_before,
        reference=found.reference,
        form=forms,
        chosen=found.test.do if chosen in ("", "who") else chosen,
        **context,
    )


def _done(request: TimedRequest, reference: str, chosen: str, form: PageForm) -> HttpResponseRedirect:
    viewer, typed = viewer_of(request), form.cleaned_data
    case = case_of(request, reference)
    if isinstance(form, WhoItIsForm):
        part, same_as = form.numbers()
        say_who_it_is(case=case, part=part, same_as=same_as, by=viewer, now=request.now)
        return go("triage-report", reference, done="who")
    if chosen == "join":
        into = join_case(
            case=case,
            into=typed["reference"].upper(),
            known_already=typed["known_already"] == "yes",
            note=typed["reason"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        if not access.standing_of(viewer, into, now=request.now).sees:
            return go("triage", done="joined")
        return go("case", into.reference, done="joined")
    if chosen == "redirect":
        begun = redirect_report(
            case=case,
            outcome=typed["outcome"],
            to=typed["to"] or "",
            reason=typed["reason"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        if begun is not None:
            return go("change-referral", reference, begun, done="goes-by-referral")
        return go("triage", done="redirected")
    number, role = taker(typed["taker"])
    open_case(
        case=case,
        outcome=typed["outcome"],
        lead=colleague(viewer, number),
        role=role,
        note=typed["note"],
        expected_sequence=seen(request),
        by=viewer,
        now=request.now,
    )
    return go("case", reference, done="opened")
