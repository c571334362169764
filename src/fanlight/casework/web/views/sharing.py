"""Consent, and what leaves the landlord: to whom, what exactly, why, on which grounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.confirm_share import confirm_share
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.end_agreement import end_agreement
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.make_agreement import make_agreement
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.review_agreement import review_agreement
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.actions.take_share_back import take_share_back
from fanlight.casework.actions.unbar_receiver import unbar_receiver
from fanlight.casework.queries import consents as consent_queries
from fanlight.casework.queries import sharing as queries
from fanlight.casework.sharing import HEADS, Proposed
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.sharing import (
    AgreementForm,
    BarForm,
    ConfirmShareForm,
    ConsentForm,
    DecideOnShareForm,
    ReviewAgreementForm,
    ShareForm,
    WhyForm,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.files import FILES
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, page_number, seen, show, viewer_of

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


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD"])
def shares(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show what left the landlord of a case, what waits, and who must not receive anything."""
    found = queries.shares_of_case(viewer_of(request), reference, now=request.now)
    look(request, reference)
    title = f"Sharing, case {reference}"
    return show(
        request, "case_shares.html", title, here="cases", back=back_to(reference), found=found, reference=reference
    )


@require_http_methods(FORM)
def share(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will share something of a case: the form, then what would go as it would stand there, then it goes."""

    def act(proposed: Proposed, beside: Beside, at: datetime | None) -> HttpResponseRedirect:
        number = share_information(
            case=case_of(request, reference),
            proposed=proposed,
            beside=beside,
            at=at,
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer_of(request),
            now=request.now,
        )
        return go("share", reference, number, done="shared")

    initial = {"to": request.GET.get("to", "")[:120]}
    return share_by_form(
        request, reference, act, title=f"Share something, case {reference}", back=_shares(reference), initial=initial
    )


def share_by_form(
    request: TimedRequest,
    reference: str,
    act: Callable[[Proposed, Beside, datetime | None], HttpResponseRedirect],
    *,
    title: str,
    back: tuple[str, str],
    initial: Mapping[str, str],
    heading: str = "",
    lines: Sequence[str] = (),
) -> HttpResponse:
    """This function will ask for all that a share must have, show what would go as it would stand there, and then do `act`."""
    viewer = viewer_of(request)
    asked = queries.share_form(viewer, reference, now=request.now)
    form = ShareForm(_sent(request), asked=asked, initial=dict(initial))
    if form.is_bound and form.is_valid():
        asked = queries.share_form(viewer, reference, form.meant()[0], now=request.now)
    page = FormPage(
        request,
        reference,
        form,
        "share.html",
        title,
        back=back,
        may_override=True,
        asked=asked,
        heads=HEADS,
        last_sequence=asked.last_sequence,
        heading=heading or f"Share something of case {reference}",
        lines=lines,
    )

    def do(typed: dict[str, Any]) -> HttpResponseRedirect:
        proposed, beside = form.meant()
        try:
            return act(proposed, beside, typed["at"])
        except Faulty as faulty:
            form.blame(faulty.faults)
            raise Faulty({}) from None

    if request.method != "POST" or "send" in request.POST:
        return page.answer(do)
    if "fits" in request.POST or not form.is_valid():
        if "fits" in request.POST:
            form.hush()
        return page.shown()
    return page.shown() if "change" in request.POST else _looked_at(request, reference, form, page, back)


def _looked_at(
    request: TimedRequest, reference: str, form: ShareForm, page: FormPage, back: tuple[str, str]
) -> HttpResponse:
    """What would be sent, to be read before it goes; or the form again, with what is missing."""
    proposed, beside = form.meant()
    found = queries.look_at_share(
        viewer_of(request),
        reference,
        proposed,
        attention=beside.attention,
        where=beside.where,
        take_out=beside.take_out,
        now=request.now,
    )
    form.blame(found.faults)
    if found.barred:
        form.add_error("to", found.barred)
    if found.content is None:
        return page.shown()
    leave = ("csrfmiddlewaretoken", "look", "send", "change", "fits")
    typed = [(name, value) for name, values in request.POST.lists() if name not in leave for value in values]
    return show(
        request,
        "share_look.html",
        f"What goes, case {reference}",
        here="cases",
        back=back,
        found=found,
        typed=typed,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD"])
def one_share(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will show a share: what went, to whom, why, on which grounds, and whether they have it."""
    found = queries.share_page(viewer_of(request), reference, number, now=request.now)
    look(request, reference)
    title = f"A share, case {reference}"
    return show(
        request, "one_share.html", title, here="cases", back=_shares(reference), found=found, reference=reference
    )


@require_http_methods(["GET", "HEAD"])
def document(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will give what was sent, byte for byte, under a name that says nothing."""
    sent = queries.share_document(viewer_of(request), reference, number, now=request.now)
    log_view(reference=reference, page="share", how="download", by=viewer_of(request), now=request.now)
    # What went by a referral may have been its Word file.
    kind, name = FILES["pdf" if sent.startswith(b"%PDF") else "word"]
    return HttpResponse(sent, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(FORM)
def decide(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will authorise a share that somebody else asked for, or refuse it."""
    viewer = viewer_of(request)
    found = queries.share_page(viewer, reference, number, now=request.now)
    if found.why_not_decide:
        raise Refused(found.why_not_decide)
    if not found.may_decide:
        return go("share", reference, number)
    form = DecideOnShareForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        is_authorised = typed["decision"] == "yes"
        try:
            decide_on_share(
                case=case_of(request, reference),
                number=number,
                authorise=is_authorised,
                reason=typed["reason"],
                overrides=overrides_of(request),
                by=viewer,
                now=request.now,
            )
        except Refused as refused:
            raise Faulty({"": (refused.sentence,)}) from refused
        return go("share", reference, number, done="share-authorised" if is_authorised else "share-refused")

    lines = [f"To {found.line.to_title}. {found.line.purpose_title}. {found.why}", *found.needs, found.why_without]
    lines.append("It goes as the document that was asked for: read it before you decide.")
    return _one_form(
        request, reference, number, form, "Authorise what is shared", "Go on", lines, may_override=True
    ).answer(act)


@require_http_methods(FORM)
def take_back(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will take back a share that has not gone."""
    return _of_one_that(
        "waits", request, reference, number, WhyForm(_sent(request)), take_share_back, done="share-stopped",
        heading="Take it back before it goes", button="Take it back",
    )  # fmt: skip


@require_http_methods(FORM)
def confirm(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will note that the receiver has it."""
    return _of_one_that(
        "gone", request, reference, number, ConfirmShareForm(_sent(request)), confirm_share, done="share-received",
        heading="They have it", button="Save",
    )  # fmt: skip


def _of_one_that(
    state: str,
    request: TimedRequest,
    reference: str,
    number: int,
    form: PageForm,
    action: Callable[..., object],
    *,
    done: str,
    heading: str,
    button: str,
) -> HttpResponse:
    """A form about a share in a state; of one in another, its page."""
    viewer = viewer_of(request)
    found = queries.share_page(viewer, reference, number, now=request.now)
    if not found.may_write:
        raise Refused("You may not share anything of this case.")
    if found.line.state != state:
        return go("share", reference, number)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        action(case=case_of(request, reference), number=number, **typed, by=viewer, now=request.now)
        return go("share", reference, number, done=done)

    return _one_form(request, reference, number, form, heading, button, []).answer(act)


@require_http_methods(FORM)
def bar(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will put somebody on the list of those who must not receive anything of a case."""
    viewer = viewer_of(request)
    found = queries.shares_of_case(viewer, reference, now=request.now)
    if not found.may_bar:
        raise Refused("Your role may not write in this case.")
    form = BarForm(_sent(request), services=found.services)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        bar_receiver(
            case=case_of(request, reference),
            service=typed["service"] or "",
            name=typed["name"],
            reason=typed["reason"],
            by=viewer,
            now=request.now,
        )
        return go("shares", reference, done="barred")

    lines = [
        "Nothing of this case is shared with them until the line is ended, whatever the ground.",
        "Whoever causes harm, and whoever is close to them as the case knows it, need not be written here.",
    ]
    return _one_form(request, reference, None, form, "Who must not receive anything?", "Save", lines).answer(act)


@require_http_methods(FORM)
def unbar(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will take somebody off the list of those who must not receive anything of a case."""
    viewer = viewer_of(request)
    found = queries.shares_of_case(viewer, reference, now=request.now)
    if not found.may_bar:
        raise Refused("Your role may not write in this case.")
    line = next((one for one in found.barred if one.number == number), None)
    if line is None:
        return go("shares", reference)
    form = WhyForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        unbar_receiver(case=case_of(request, reference), number=number, **typed, by=viewer, now=request.now)
        return go("shares", reference, done="unbarred")

    return _one_form(
        request, reference, None, form, f"{line.who}: take them off the list", "End it", [line.reason]
    ).answer(act)


# ── The registers ────────────────────────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD"])
def register(request: TimedRequest) -> HttpResponse:
    """This function will show the register of what left the landlord, and what waits for an authoriser."""
    viewer = viewer_of(request)
    found = queries.all_shares(viewer, page=page_number(request), now=request.now)
    waits = queries.shares_that_wait(viewer, now=request.now)
    log_view(reference="", page="shares", by=viewer, now=request.now)
    sees_cases = queries.sees_cases(viewer)
    return show(request, "shares.html", "Sharing", here="shares", found=found, waits=waits, sees_cases=sees_cases)


@require_http_methods(["GET", "HEAD"])
def agreements(request: TimedRequest) -> HttpResponse:
    """This function will show the register of agreements on sharing, those to be looked at first."""
    found = queries.agreements(viewer_of(request), now=request.now)
    back = (reverse("all-shares"), "Sharing")
    return show(request, "agreements.html", "Agreements on sharing", here="shares", back=back, found=found)


@require_http_methods(FORM)
def new_agreement(request: TimedRequest) -> HttpResponse:
    """This function will enter an agreement in the register."""
    viewer = viewer_of(request)
    found = _kept(request)
    form = AgreementForm(_sent(request), asked=found)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        lists = {name: typed[name] or () for name in ("to", "services", "purposes")}
        make_agreement(**{**typed, **lists}, by=viewer, now=request.now)
        return go("agreements", done="agreement")

    return _of_agreements(request, form, "Enter an agreement", "Enter it", []).answer(act)


@require_http_methods(FORM)
def review(request: TimedRequest, number: int) -> HttpResponse:
    """This function will note that an agreement was looked at again."""
    viewer = viewer_of(request)
    line = _line_of(request, number)
    form = ReviewAgreementForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        review_agreement(number=number, **typed, by=viewer, now=request.now)
        return go("agreements", done="agreement-reviewed")

    return _of_agreements(request, form, f"Look at it again: {line.title}", "Save", [line.note]).answer(act)


@require_http_methods(FORM)
def end(request: TimedRequest, number: int) -> HttpResponse:
    """This function will end an agreement: nothing rests on it any more."""
    viewer = viewer_of(request)
    line = _line_of(request, number)
    form = WhyForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        end_agreement(number=number, **typed, by=viewer, now=request.now)
        return go("agreements", done="agreement-ended")

    lines = ["Nothing rests on it from then on. What has rested on it stays in the register."]
    return _of_agreements(request, form, f"End it: {line.title}", "End it", lines).answer(act)


def _kept(request: TimedRequest) -> queries.Agreements:
    found = queries.agreements(viewer_of(request), now=request.now)
    if not found.may_keep:
        raise Refused("Your role may not keep the register of agreements.")
    return found


def _line_of(request: TimedRequest, number: int) -> queries.AgreementLine:
    line = next((one for one in _kept(request).now if one.number == number), None)
    if line is None:
        raise NotFound
    return line


def _of_agreements(request: TimedRequest, form: PageForm, heading: str, button: str, lines: list[str]) -> FormPage:
    back = (reverse("agreements"), "Agreements on sharing")
    return FormPage(
        request,
        "",
        form,
        "one_form.html",
        "Agreements on sharing",
        here="shares",
        back=back,
        heading=heading,
        lines=[line for line in lines if line],
        button=button,
    )


def _one_form(
    request: TimedRequest,
    reference: str,
    number: int | None,
    form: PageForm,
    heading: str,
    button: str,
    lines: list[str],
    *,
    may_override: bool = False,
) -> FormPage:
    back = (reverse("share", args=[reference, number]), "The share") if number else _shares(reference)
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"Sharing, case {reference}",
        back=back,
        may_override=may_override,
        heading=heading,
        lines=[line for line in lines if line],
        button=button,
    )


def _shares(reference: str) -> tuple[str, str]:
    return reverse("shares", args=[reference]), f"Sharing, case {reference}"


def _sent(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None
