"""Who is kept from a case: related to somebody in it, or set aside; and a case that is opened in an emergency."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.let_back_in import let_back_in
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.review_emergency import review_emergency
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.queries import emergencies as emergency_queries
from fanlight.casework.queries.kept_from import kept_page
from fanlight.casework.queries.staff import colleague
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.people import (
    EmergencyForm,
    LetBackInForm,
    RelatedColleagueForm,
    RelatedForm,
    ReviewForm,
    SetAsideForm,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import case_of, go, show, viewer_of

NOT_OPENED = "We cannot open a case with that reference for you. Check the reference, or ring the safeguarding lead."


@require_http_methods(["GET", "HEAD", "POST"])
def kept_from(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show who is kept from a case, and set somebody aside or record that they are related."""
    viewer = viewer_of(request)
    found = kept_page(viewer, reference, now=request.now)
    chosen = request.POST.get("do", "") if request.method == "POST" else ""
    forms: dict[str, PageForm] = {
        "aside": SetAsideForm(request.POST if chosen == "aside" else None, colleagues=found.colleagues, prefix="aside"),
        "related": RelatedColleagueForm(
            request.POST if chosen == "related" else None, colleagues=found.colleagues, prefix="related"
        ),
    }

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case, staff = case_of(request, reference), colleague(viewer, int(typed["staff"]))
        if chosen == "aside":
            set_aside(case=case, staff=staff, reason=typed["reason"], by=viewer, now=request.now)
        else:
            relate_staff(case=case, staff=staff, relation=typed["relation"], by=viewer, now=request.now)
        return (
            go("my-duties", done="kept-from") if staff.pk == viewer.pk else go("kept-from", reference, done="kept-from")
        )

    form = forms.get(chosen) or forms["aside"]
    title = f"Who is kept from case {reference}"
    return FormPage(request, reference, form, "kept_from.html", title, page=found, two=forms).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def let_back(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will let somebody back into a case."""
    viewer = viewer_of(request)
    found = next((one for one in kept_page(viewer, reference, now=request.now).now if one.id == number), None)
    if found is None:
        return go("kept-from", reference)
    form = LetBackInForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        let_back_in(case=case_of(request, reference), number=number, reason=typed["reason"], by=viewer, now=request.now)
        return go("kept-from", reference, done="let-back-in")

    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"Let somebody back into case {reference}",
        heading=f"Let {found.name} back into case {reference}",
        lines=[f"{found.why}{f': {found.relation.lower()}' if found.relation else ''}. {found.reason}"],
        button="Let them back in",
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def related(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will take somebody's word that they are related to a person in the case, which is then not theirs to see."""
    viewer = viewer_of(request)
    case_of(request, reference)
    form = RelatedForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case = case_of(request, reference)
        relate_staff(case=case, staff=viewer, relation=typed["relation"], by=viewer, now=request.now)
        return go("my-duties", done="declared")

    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"You and case {reference}",
        heading="You are related to somebody in this case",
        lines=[
            "Thank you for saying so. From then on you see nothing of the case, and what you had to do in it goes to others.",
            "A lead can let you back in, if it was a mistake.",
        ],
        button="Say so, and leave the case",
        warns=True,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: TimedRequest) -> HttpResponse:
    """This function will open a case in an emergency. It answers alike for one that may not be opened and one that is not there."""
    viewer = viewer_of(request)
    open_now = emergency_queries.open_to(viewer, now=request.now)
    form = EmergencyForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case = open_in_emergency(**typed, by=viewer, now=request.now)
        return go("case", case.reference)

    page = FormPage(
        request, "", form, "emergency.html", "Open a case in an emergency", here="emergency", open_now=open_now
    )
    try:
        return page.answer(act)
    except access.NotFound:
        form.add_error("reference", NOT_OPENED)
        return page.shown()


@require_http_methods(["GET", "HEAD"])
def emergencies(request: TimedRequest) -> HttpResponse:
    """This function will list the cases that were opened in an emergency."""
    found = emergency_queries.emergencies(viewer_of(request), now=request.now)
    log_view(reference="", page="emergencies", by=viewer_of(request), now=request.now)
    return show(request, "emergencies.html", "Emergency access", here="emergencies", found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: TimedRequest, number: int) -> HttpResponse:
    """This function will review one of them."""
    viewer = viewer_of(request)
    found = emergency_queries.emergency(viewer, number, now=request.now)
    form = ReviewForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        review_emergency(number=number, **typed, by=viewer, now=request.now)
        return go("emergencies", done="reviewed")

    return FormPage(
        request,
        found.reference,
        form,
        "review_emergency.html",
        "Review of emergency access",
        here="emergencies",
        back=(reverse("emergencies"), "Emergency access"),
        found=found,
    ).answer(act)
