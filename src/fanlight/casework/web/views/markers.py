"""Ask before acting at an address, and markers for those who must not know why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.check_address import check_address
from fanlight.casework.actions.end_marker import end_marker
from fanlight.casework.actions.review_marker import review_marker
from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.address_check import Answer
from fanlight.casework.queries.markers import case_markers, home_numbered, markers_looked_after, one_marker, words_of
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.markers import (
    ANOTHER,
    NOWHERE,
    CheckForm,
    EndMarkerForm,
    ReviewMarkerForm,
    SetMarkerForm,
    address_of,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, look
from fanlight.casework.web.views.page import case_of, go, seen, show, viewer_of
from fanlight.present import LONDON, day_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: TimedRequest) -> HttpResponse:
    """This function will ask what somebody means to do and where, and answer on a page that says nothing of the address."""
    viewer = viewer_of(request)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answer = check_address(address=address_of(typed), purpose=typed["purpose"], by=viewer, now=request.now)
        return _answered(request, answer)
    return show(
        request,
        "address_check.html",
        "Address check",
        here="address",
        forms=[form],
        form=form,
        sets=access.can(viewer, "marker:set"),
        keeps=access.can(viewer, "case:see") or access.can(viewer, "colleague_case:see"),
    )


def _answered(request: TimedRequest, answer: Answer) -> HttpResponse:
    return show(request, "address_answer.html", "Address check", here="address", answer=answer)


@require_http_methods(["GET", "HEAD"])
def of_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the markers that were set from a case, and who asked about the homes of its people."""
    found = case_markers(viewer_of(request), reference, now=request.now)
    look(request, reference)
    return show(
        request,
        "case_markers.html",
        f"Markers, case {reference}",
        here="cases",
        back=(reverse("case", args=[reference]), f"Case {reference}"),
        found=found,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def set_from_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will set a marker from a case."""
    viewer = viewer_of(request)
    found = case_markers(viewer, reference, now=request.now)
    if not found.may_set:
        raise access.Refused("You cannot set a marker from this case.")
    duty = (request.POST if request.method == "POST" else request.GET).get("duty", "")[:120]
    form = SetMarkerForm(
        request.POST if request.method == "POST" else None,
        kinds=_kinds(viewer, of_case=True),
        homes=found.homes,
        initial=_days(viewer, request.now),
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        where = typed["home"]
        set_marker(
            kind=typed["kind"],
            reason=typed["reason"],
            home=None if where in (ANOTHER, NOWHERE) else home_numbered(viewer, int(where)),
            address=address_of(typed) if where == ANOTHER else None,
            until=typed["until"],
            review_on=typed["review_on"],
            case=case_of(request, reference),
            expected_sequence=seen(request),
            duty=duty,
            by=viewer,
            now=request.now,
        )
        if duty:
            return go("case", reference, done="recorded", duty=duty)
        return go("case-markers", reference, done="marker")

    return FormPage(
        request,
        reference,
        form,
        "set_marker.html",
        f"Set a marker, case {reference}",
        back=(reverse("case-markers", args=[reference]), f"Markers, case {reference}"),
        last_sequence=found.last_sequence,
        duty=duty,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def set_on_home(request: TimedRequest) -> HttpResponse:
    """This function will set a marker for a reason that is no case."""
    viewer = viewer_of(request)
    access.demand(viewer, "marker:set")
    form = SetMarkerForm(
        request.POST if request.method == "POST" else None,
        kinds=_kinds(viewer, of_case=False),
        homes=None,
        initial=_days(viewer, request.now),
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        set_marker(
            kind=typed["kind"],
            reason=typed["reason"],
            address=address_of(typed),
            until=typed["until"],
            review_on=typed["review_on"],
            by=viewer,
            now=request.now,
        )
        return go("markers", done="marker")

    back = (reverse("markers"), "Markers that you look after")
    return FormPage(
        request, "", form, "set_marker.html", "Set a marker", here="address", back=back, reference_of_case=""
    ).answer(act)


@require_http_methods(["GET", "HEAD"])
def mine(request: TimedRequest) -> HttpResponse:
    """This function will show the markers that the viewer looks after."""
    viewer = viewer_of(request)
    found = markers_looked_after(viewer, now=request.now)
    return show(
        request,
        "markers.html",
        "Markers that you look after",
        here="address",
        back=(reverse("address-check"), "Address check"),
        found=found,
        sets=access.can(viewer, "marker:set"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: TimedRequest, mark: str) -> HttpResponse:
    """This function will keep a marker until another day."""
    viewer = viewer_of(request)
    form = ReviewMarkerForm(request.POST if request.method == "POST" else None, initial=_days(viewer, request.now))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        review_marker(mark=mark, **typed, by=viewer, now=request.now)
        return go("markers", done="marker-kept")

    return _of_marker(request, mark, form, "Look at a marker again", "Keep it").answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: TimedRequest, mark: str) -> HttpResponse:
    """This function will end a marker."""
    viewer = viewer_of(request)
    form = EndMarkerForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        end_marker(mark=mark, reason=typed["reason"], by=viewer, now=request.now)
        return go("markers", done="marker-ended")

    return _of_marker(request, mark, form, "End a marker", "End it").answer(act)


def _of_marker(request: TimedRequest, mark: str, form: PageForm, title: str, button: str) -> FormPage:
    found = one_marker(viewer_of(request), mark, now=request.now)
    if request.method != "POST" and found.reference:
        look(request, found.reference)
    back = (reverse("markers"), "Markers that you look after")
    if found.reference:
        back = (reverse("case-markers", args=[found.reference]), f"Markers, case {found.reference}")
    return FormPage(
        request,
        "",
        form,
        "one_marker.html",
        title,
        here="address",
        back=back,
        marker=found,
        heading=title,
        button=button,
    )


def _kinds(viewer: Staff, *, of_case: bool) -> dict[str, str]:
    """What may be set: with a risk to whoever visits, that is on the record of the case, and colleagues read the same."""
    kinds = {kind: words.rstrip(".") for kind, words in words_of(viewer.landlord_id).items()}
    if of_case:
        kinds["visit_risk"] = f"{kinds['two_to_visit']}, since there is a risk to whoever visits"
    return kinds


def _days(viewer: Staff, now: datetime) -> dict[str, datetime]:
    """The days that the landlord's periods give."""
    settings, today = settings_of(viewer.landlord_id).markers, day_of(now)
    return {
        "until": _midday(settings.ends_after.after(today)),
        "review_on": _midday(settings.review_after.after(today)),
    }


def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
