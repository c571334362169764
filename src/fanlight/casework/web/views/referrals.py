"""Referrals to services outside: to whom, what the form says, how it went, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.note_marac_referral import note_marac_referral
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_of_referral import MEANS_RECEIVED, say_of_referral
from fanlight.casework.actions.send_referral import send_referral
from fanlight.casework.queries import referrals as queries
from fanlight.casework.queries.consents import consents_to
from fanlight.casework.queries.sharing import share_form
from fanlight.casework.sharing import HEADS, NOTHING_YET, Proposed
from fanlight.casework.web.forms.referrals import (
    ANOTHER,
    DraftReferralForm,
    MaracReferralElsewhereForm,
    SayOfReferralForm,
    SendReferralForm,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.files import FILES
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, seen, show, viewer_of

FORM = ["GET", "HEAD", "POST"]


def back_to_referrals(reference: str) -> tuple[str, str]:
    """This function will give the link back to the referrals of a case."""
    return reverse("referrals", args=[reference]), f"Referrals, case {reference}"


@require_http_methods(["GET", "HEAD"])
def mine(request: TimedRequest) -> HttpResponse:
    """This function will show the viewer's referrals that wait: not received, declined, not sent."""
    found = queries.waiting_referrals(viewer_of(request), now=request.now)
    log_view(reference="", page="my-referrals", by=viewer_of(request), now=request.now)
    return show(request, "my_referrals.html", "Referrals", here="referrals", found=found)


@require_http_methods(["GET", "HEAD"])
def of_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the referrals of a case, and what a new one may be for."""
    viewer = viewer_of(request)
    if duty := request.GET.get("duty", "")[:120]:
        # A list of duties links here: where the duty names one kind of service, its form is the next page.
        outside, within = queries.kinds_for_duty(viewer, reference, duty, now=request.now)
        if within and not outside:
            return go("hand-over", reference, to=within[0])
        if len(outside) == 1:
            return go("refer", reference, queries.place_of(viewer.landlord_id, outside[0]))
    found = queries.referrals_of_case(viewer, reference, now=request.now)
    look(request, reference)
    title = f"Referrals, case {reference}"
    return show(
        request, "referrals.html", title, here="cases", back=back_to(reference), found=found, reference=reference
    )


@require_http_methods(FORM)
def refer(request: TimedRequest, reference: str, purpose: str) -> HttpResponse:
    """This function will show who gets a referral and how, and take what its form says, as a draft."""
    viewer = viewer_of(request)
    found = queries.referral_form(viewer, reference, purpose=purpose, now=request.now)
    proposed = found.route.proposed
    form = DraftReferralForm(
        request.POST if request.method == "POST" else None,
        recipients=found.route.recipients,
        fields=found.fields,
        chosen=proposed.service.id if proposed else "" if found.route.recipients else ANOTHER,
        criteria=found.criteria,
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        number = draft_referral(
            case=case_of(request, reference),
            purpose=found.purpose.id if found.purpose.to else "",
            to=found.route.kind,
            service=form.who()[0],
            name=form.who()[1],
            answers=form.answers(),
            criteria=form.met(),
            by=viewer,
            now=request.now,
        )
        return go("referral", reference, number, done="referral-drafted")

    title = f"Refer to a service, case {reference}"
    return FormPage(
        request,
        reference,
        form,
        "refer.html",
        title,
        back=back_to_referrals(reference),
        found=found,
        consents=consents_to(viewer, reference, found.purpose.to, now=request.now),
    ).answer(_with_answers(act))


@require_http_methods(FORM)
def change(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will take what a draft says anew."""
    viewer = viewer_of(request)
    before = _drafted(viewer_of(request), reference, number, request)
    found = queries.referral_form(viewer, reference, purpose=before.purpose.id, kind=before.kind, now=request.now)
    form = DraftReferralForm(
        request.POST if request.method == "POST" else None,
        recipients=found.route.recipients,
        # Triage may have begun it with nothing in it: then it is filled from the case, as a new one is.
        fields=[(field, before.answers.get(field.name, "")) for field, _ in found.fields]
        if any(before.answers.values())
        else found.fields,
        chosen=before.service or ANOTHER,
        name="" if before.service else before.to,
        criteria=found.criteria,
        answered=before.marac.answers if before.marac else None,
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        draft_referral(
            case=case_of(request, reference),
            number=number,
            service=form.who()[0],
            name=form.who()[1],
            answers=form.answers(),
            criteria=form.met(),
            by=viewer,
            now=request.now,
        )
        return go("referral", reference, number, done="referral-drafted")

    title = f"Change a draft, case {reference}"
    back = (reverse("referral", args=[reference, number]), "The referral")
    return FormPage(request, reference, form, "refer.html", title, back=back, found=found).answer(_with_answers(act))


def _drafted(viewer: Any, reference: str, number: int, request: TimedRequest) -> queries.OneReferral:
    found = queries.one_referral(viewer, reference, number, now=request.now)
    if found.state != "draft":
        raise Refused("This referral was sent already, or withdrawn.")
    if not found.may_write:
        raise Refused("Your role may not refer in this case.")
    return found


def _with_answers(act: Any) -> Any:
    """What an action says of an answer by the name of its field stands beside the field of the form."""

    def acted(typed: dict[str, Any]) -> HttpResponseRedirect:
        try:
            found: HttpResponseRedirect = act(typed)
        except Faulty as faulty:
            named = {
                f"answer-{name}" if f"answer-{name}" in typed else name: said for name, said in faulty.faults.items()
            }
            raise Faulty(named) from faulty
        return found

    return acted


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will show a referral: its state, its documents, and what may be said of it now."""
    found = queries.one_referral(viewer_of(request), reference, number, now=request.now)
    look(request, reference)
    title = f"A referral, case {reference}"
    return show(
        request,
        "referral.html",
        title,
        here="cases",
        back=back_to_referrals(reference),
        found=found,
        reference=reference,
    )


@require_http_methods(FORM)
def send(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will take that a draft was sent: how, when, with whose permission."""
    viewer = viewer_of(request)
    found = _drafted(viewer, reference, number, request)
    if found.waits_for:
        return go("referral", reference, number)
    asked = queries.referral_form(viewer, reference, purpose=found.purpose.id, kind=found.kind, now=request.now)
    form = _sending(request, reference, found, asked)
    if form.is_bound and form.is_valid() and found.documents:
        form = _sending(request, reference, found, asked, form.grounds())

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        try:
            sequence = send_referral(
                case=case_of(request, reference),
                number=number,
                way=typed["way"],
                # Told, or copied into their form: it is kept as the PDF that anybody can open.
                document=typed.get("document") or ("pdf" if found.documents else ""),
                permission=typed.get("permission") or "",
                reason=typed.get("reason") or "",
                own_request=typed.get("own_request") is True,
                share=form.grounds() if found.documents else NOTHING_YET,
                note=typed.get("note") or "",
                at=typed["at"],
                expected_sequence=seen(request),
                overrides=overrides_of(request),
                by=viewer,
                now=request.now,
            )
        except Faulty as faulty:
            form.blame(faulty.faults)
            raise Faulty({}) from None
        return go("referral", reference, number, done="referral-sent" if sequence else "referral-waits")

    page = FormPage(
        request,
        reference,
        form,
        "send_referral.html",
        f"It was sent, case {reference}",
        back=(reverse("referral", args=[reference, number]), "The referral"),
        may_override=True,
        found=found,
        asked=asked,
        grounds=getattr(form, "asked", None),
        heads=HEADS,
        last_sequence=found.last_sequence,
    )
    if "fits" in request.POST:
        form.hush()
        return page.shown()
    return page.answer(act)


def _sending(
    request: TimedRequest,
    reference: str,
    found: queries.OneReferral,
    asked: queries.ReferralForm,
    grounds: Proposed = NOTHING_YET,
) -> SendReferralForm:
    viewer = viewer_of(request)
    return SendReferralForm(
        request.POST if request.method == "POST" else None,
        found=found,
        asks_permission=asked.asks_permission,
        asked=share_form(viewer, reference, grounds, referral=found.number, now=request.now)
        if found.documents
        else None,
        initial={"way": found.way, "document": "protected" if found.way == "email" else ""},
    )


@require_http_methods(FORM)
def say(request: TimedRequest, reference: str, number: int, what: str) -> HttpResponse:
    """This function will take what became of a referral."""
    viewer = viewer_of(request)
    found = queries.one_referral(viewer, reference, number, now=request.now)
    words = dict(found.may).get(what)
    if words is None:
        if found.may_write and request.method != "POST":
            return go("referral", reference, number)
        raise Refused("That cannot be said of it now.") if found.may_write else NotFound
    form = SayOfReferralForm(
        request.POST if request.method == "POST" else None, what=what, hears=what in MEANS_RECEIVED
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        say_of_referral(
            case=case_of(request, reference),
            number=number,
            what=what,
            note=typed["note"],
            heard_from=typed.get("heard_from", ""),
            at=typed["at"],
            by=viewer,
            now=request.now,
        )
        return go("referral", reference, number, done="referral-said")

    return FormPage(
        request,
        reference,
        form,
        "say_of_referral.html",
        f"{words}, case {reference}",
        back=(reverse("referral", args=[reference, number]), "The referral"),
        found=found,
        what=what,
        words=words,
    ).answer(act)


@require_http_methods(FORM)
def referred_elsewhere(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will take that another agency referred the case to the MARAC: the twelve months run from then."""
    viewer = viewer_of(request)
    found = queries.referrals_of_case(viewer, reference, now=request.now)
    if not found.may_note:
        raise Refused("Your role may not write in this case as it stands.")
    form = MaracReferralElsewhereForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        note_marac_referral(
            case=case_of(request, reference),
            agency=typed["agency"],
            on=typed["on"],
            note=typed["note"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("referrals", reference, done="marac-noted")

    return FormPage(
        request,
        reference,
        form,
        "referred_elsewhere.html",
        f"Another agency referred to the MARAC, case {reference}",
        back=back_to_referrals(reference),
        last_sequence=found.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD"])
def document(request: TimedRequest, reference: str, number: int, form: str) -> HttpResponse:
    """This function will give a document of a referral as it was made, under a name that says nothing."""
    made = queries.referral_document(viewer_of(request), reference, number, form, now=request.now)
    log_view(reference=reference, page="referral-document", how="download", by=viewer_of(request), now=request.now)
    kind, name = FILES[form]
    return HttpResponse(made, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
