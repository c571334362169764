"""How long cases are kept: what falls due, holds, reviews, disposal by a second person, and certificates."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.finish_disposals import finish_disposals
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.lift_hold import lift_hold
from fanlight.casework.actions.log_view import log_view_refused
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.queries import retention as queries
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.retention import DisposeForm, HoldForm, LiftForm, ReviewDisposalForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, look
from fanlight.casework.web.views.page import go, page_number, show, viewer_of

HERE = "retention"


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD"])
def falls_due(request: TimedRequest) -> HttpResponse:
    """This function will show what falls due and what is held back, or go to the case whose reference was typed."""
    viewer = viewer_of(request)
    part = request.GET.get("show", "")
    part = part if part in queries.SHOWN else "due"
    found = queries.retention_list(viewer, show=part, page=page_number(request), now=request.now)
    problems = []
    if reference := request.GET.get("reference", "").strip().upper()[:32]:
        if queries.is_known(viewer, reference):
            return go("retention-case", reference)
        log_view_refused(reference=reference, page="retention case", by=viewer, now=request.now)
        problems = [{"text": "There is no case with that reference", "href": "#reference"}]
    return show(
        request,
        "retention.html",
        "How long cases are kept",
        here=HERE,
        found=found,
        part=part,
        parts=queries.SHOWN,
        asked=reference,
        problems=problems,
    )


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show how long one case is kept, its holds and its reviews; of one that is gone, its certificate."""
    viewer = viewer_of(request)
    if queries.certificate(viewer, reference):
        return go("certificate", reference)
    found = queries.retention_case(viewer, reference, now=request.now)
    look(request, reference)
    return show(
        request,
        "retention_case.html",
        f"How long {reference} is kept",
        here=HERE,
        back=(reverse("retention"), "How long cases are kept"),
        found=found,
        reference=reference,
        sees_case=access.visible_cases(viewer, now=request.now).filter(reference=reference).exists(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hold_back(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will hold a case back from disposal."""
    viewer = viewer_of(request)
    access.demand(viewer, "retention:hold")
    queries.retention_case(viewer, reference, now=request.now)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        hold_case(reference=reference, reason=typed["reason"], until=typed["until"], by=viewer, now=request.now)
        return go("retention-case", reference, done="held")

    return _form(
        request,
        reference,
        HoldForm(_typed(request)),
        heading=f"Hold {reference} back",
        lines=["While it is held back it does not fall due, and nobody can dispose of it."],
        button="Hold it back",
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will lift a hold."""
    viewer = viewer_of(request)
    access.demand(viewer, "retention:hold")
    found = queries.retention_case(viewer, reference, now=request.now)
    if not any(hold.number == number and hold.lifted_at is None for hold in found.holds):
        raise access.NotFound

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        lift_hold(reference=reference, number=number, reason=typed["reason"], by=viewer, now=request.now)
        return go("retention-case", reference, done="hold-lifted")

    return _form(
        request, reference, LiftForm(_typed(request)), heading=f"Lift the hold on {reference}", button="Lift it"
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will look at a case that fell due: it is kept longer, or let go."""
    viewer = viewer_of(request)
    access.demand(viewer, "dispose:review")
    found = queries.retention_case(viewer, reference, now=request.now)
    if why_not := queries.why_not_review(found.kept, request.now):
        raise access.Refused(why_not)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        review_for_disposal(
            reference=reference,
            outcome=typed["outcome"],
            reason=typed["reason"],
            keep_until=typed["keep_until"],
            by=viewer,
            now=request.now,
        )
        return go("retention-case", reference, done="let-go" if typed["outcome"] == "dispose" else "kept-longer")

    lines = [
        f"{found.kind}, kept {found.kept.rule}.",
        "Think of a claim, an inquest, a death review, a complaint, a child who may ask one day what was done.",
        "Nothing goes by this alone: a colleague disposes of what you let go.",
    ]
    return _form(
        request,
        reference,
        ReviewDisposalForm(_typed(request)),
        heading=f"{reference} fell due",
        lines=lines,
        button="Go on",
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def dispose(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will dispose of a case that somebody else let go. One that is gone leads to its certificate."""
    viewer = viewer_of(request)
    access.demand(viewer, "dispose:carry_out")
    if queries.certificate(viewer, reference):
        return go("certificate", reference)
    found = queries.retention_case(viewer, reference, now=request.now)
    if found.why_not_dispose:
        raise access.Refused(found.why_not_dispose)
    form = DisposeForm(_typed(request), expected=reference)
    if request.method == "POST" and form.is_valid():
        # Not inside the transaction of a form that is carried out once: a second sending finds the certificate.
        dispose_case(reference=reference, by=viewer, now=request.now)
        return go("certificate", reference, done="disposed")
    if request.method != "POST":
        look(request, reference)
    lines = [
        f"{found.reviews[0].by} looked at it and let it go: {found.reviews[0].reason}",
        "What was told in it can be read by nobody afterwards, and nobody can bring it back. A certificate stays.",
    ]
    return _form(
        request, reference, form, heading=f"Dispose of {reference}", lines=lines, button="Dispose of it", warns=True
    ).shown()


@require_http_methods(["GET", "HEAD"])
def disposed(request: TimedRequest) -> HttpResponse:
    """This function will show what was disposed of."""
    found = queries.certificates(viewer_of(request), page=page_number(request))
    back = (reverse("retention"), "How long cases are kept")
    return show(request, "disposed.html", "What was disposed of", here=HERE, back=back, found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the certificate of a case, to be printed; and finish a disposal that was begun."""
    viewer = viewer_of(request)
    found = queries.certificate(viewer, reference)
    if found is None:
        raise access.NotFound
    if request.method == "POST":
        finish_disposals(by=viewer, now=request.now)
        return go("certificate", reference, done="disposed")
    look(request, reference)
    return show(
        request,
        "certificate.html",
        f"Certificate {reference}",
        here=HERE,
        back=(reverse("disposed"), "What was disposed of"),
        found=found,
        may_finish=found.done_at is None and access.can(viewer, "dispose:carry_out"),
    )


def _form(
    request: TimedRequest, reference: str, form: PageForm, *, heading: str, lines: Any = (), **context: Any
) -> FormPage:
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"How long {reference} is kept",
        here=HERE,
        back=(reverse("retention-case", args=[reference]), f"How long {reference} is kept"),
        heading=heading,
        lines=lines,
        **context,
    )
