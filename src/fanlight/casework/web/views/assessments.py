"""Risk assessments: those of a case, one as it was made, the form item by item or all at once, and another agency's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.keep_assessment_draft import drop_assessment_draft, keep_assessment_draft
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.instruments import Answer
from fanlight.casework.queries import assessments as queries
from fanlight.casework.web.forms.assessments import ItemsForm, JudgementForm, OtherAssessmentForm
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.pictures import trends_of
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import blame, case_of, go, overrides_of, seen, show, viewer_of

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def of_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the risk assessments of a case, how they went, and what to begin."""
    duty = request.GET.get("duty", "")[:120]
    found = queries.assessments_of_case(viewer_of(request), reference, duty=duty, now=request.now)
    look(request, reference)
    return show(
        request,
        "assessments.html",
        f"Assessments, case {reference}",
        here="cases",
        back=back_to(reference),
        found=found,
        trends=trends_of(found.lines),
        reference=reference,
    )


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, reference: str, sequence: int) -> HttpResponse:
    """This function will show one assessment, as it was made."""
    found = queries.assessment_page(viewer_of(request), reference, sequence, now=request.now)
    look(request, reference)
    title = f"Assessment, case {reference}"
    return show(request, "assessment.html", title, here="cases", back=_all(reference), found=found, reference=reference)


@require_http_methods(FORM)
def whole(request: TimedRequest, reference: str, instrument: str) -> HttpResponse:
    """This function will ask all items on one page, and keep what was answered."""
    asked = _asked(request, reference, instrument)
    form = ItemsForm(_sent(request), instrument=asked.instrument, answers=asked.answers)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        _keep(request, asked, form.answers())
        if "later" in request.POST:
            return go("assessments", reference, done="draft-kept")
        return go("check-assessment", reference, instrument)

    return _page(request, asked, form, "assess_whole.html").answer(act)


@require_http_methods(FORM)
def step(request: TimedRequest, reference: str, instrument: str, number: int) -> HttpResponse:
    """This function will ask one item, keep the answer, and go on to the next."""
    asked = _asked(request, reference, instrument)
    if not 1 <= number <= len(asked.instrument.items):
        raise NotFound
    form = ItemsForm(_sent(request), instrument=asked.instrument, answers=asked.answers, only=number)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        _keep(request, asked, form.answers())
        if "later" in request.POST:
            return go("assessments", reference, done="draft-kept")
        if number == len(asked.instrument.items):
            return go("check-assessment", reference, instrument)
        return go("assess-step", reference, instrument, number + 1)

    before = (
        (reverse("assess-step", args=[reference, instrument, number - 1]), "The item before")
        if number > 1
        else _all(reference)
    )
    of = len(asked.instrument.items)
    return _page(request, asked, form, "assess_step.html", back=before, number=number, of=of).answer(act)


@require_http_methods(FORM)
def check(request: TimedRequest, reference: str, instrument: str) -> HttpResponse:
    """This function will show what the answers come to, ask for the assessor's judgement, and complete the assessment."""
    asked = _asked(request, reference, instrument)
    form = JudgementForm(_sent(request), instrument=asked.instrument, said=asked.said)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        # Sent twice, it does not come so far again, though its draft is gone.
        if asked.missing:
            return go("check-assessment", reference, instrument)
        complete_assessment(
            case=case_of(request, reference),
            instrument=instrument,
            answers=asked.answers,
            judged_high=typed["judged_high"] == "yes",
            reason=typed["reason"],
            incidents=typed.get("incidents"),
            note=typed["note"],
            at=typed["at"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            duty=asked.duty,
            by=viewer_of(request),
            now=request.now,
        )
        return go("case", reference, done="assessed", duty=asked.duty)

    page = _page(
        request,
        asked,
        form,
        "assess_check.html",
        back=(reverse("assess", args=[reference, instrument]), "All the items"),
        # Asked for by the page where it is shown: what is put on the record needs no check of it.
        check=partial(queries.check_answers, viewer_of(request), asked, now=request.now),
        lines=_lines(asked),
        may_override=True,
    )
    if "later" not in request.POST:
        return page.answer(act)
    form.full_clean()
    try:
        _keep(request, asked, {}, form.kept())
    except Faulty as faulty:
        blame(form, faulty)
        return page.shown()
    return go("assessments", reference, done="draft-kept")


@require_http_methods(FORM)
def drop(request: TimedRequest, reference: str, instrument: str) -> HttpResponse:
    """This function will throw away what the viewer has begun."""
    asked = _asked(request, reference, instrument)
    if asked.begun_at is None:
        return go("assessments", reference)
    form = PageForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case = case_of(request, reference)
        drop_assessment_draft(case=case, instrument=instrument, by=viewer_of(request), now=request.now)
        return go("assessments", reference, done="draft-dropped")

    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"Throw the draft away, case {reference}",
        back=_all(reference),
        heading="Throw the draft away",
        lines=[f"What you have answered of the {asked.instrument.title} is not on the record, and is gone then."],
        button="Throw it away",
        warns=True,
    ).answer(act)


@require_http_methods(FORM)
def other(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will put down another agency's assessment, as theirs."""
    viewer = viewer_of(request)
    grades, last_sequence = queries.other_form(viewer, reference, now=request.now)
    form = OtherAssessmentForm(_sent(request), grades=grades)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        duty = request.GET.get("duty", "")[:120]
        record_other_assessment(
            case=case_of(request, reference),
            agency=typed["agency"],
            how=typed["how"],
            instrument=typed["instrument"],
            made_on=typed["made_on"],
            grade=typed["grade"] or "",
            score=typed["score"],
            note=typed["note"],
            at=typed["at"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            duty=duty,
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="recorded", duty=duty)

    return FormPage(
        request,
        reference,
        form,
        "assess_other.html",
        f"Another agency's assessment, case {reference}",
        back=_all(reference),
        may_override=True,
        last_sequence=last_sequence,
    ).answer(act)


def _asked(request: TimedRequest, reference: str, instrument: str) -> queries.AssessmentForm:
    duty = (request.POST if request.method == "POST" else request.GET).get("duty", "")[:120]
    return queries.assessment_form(viewer_of(request), reference, instrument, duty=duty, now=request.now)


def _page(
    request: TimedRequest,
    asked: queries.AssessmentForm,
    form: PageForm,
    template: str,
    *,
    back: tuple[str, str] | None = None,
    may_override: bool = False,
    **context: Any,
) -> FormPage:
    return FormPage(
        request,
        asked.reference,
        form,
        template,
        f"Assessment, case {asked.reference}",
        back=back or _all(asked.reference),
        may_override=may_override,
        asked=asked,
        advice=partial(queries.advice_before, viewer_of(request), asked.reference, now=request.now),
        last_sequence=asked.last_sequence,
        **context,
    )


def _keep(
    request: TimedRequest,
    asked: queries.AssessmentForm,
    answers: Mapping[str, Answer | None],
    judgement: Mapping[str, Any] | None = None,
) -> None:
    keep_assessment_draft(
        case=case_of(request, asked.reference),
        instrument=asked.instrument.id,
        answers=answers,
        judgement=judgement,
        duty=asked.duty,
        by=viewer_of(request),
        now=request.now,
    )


def _lines(asked: queries.AssessmentForm) -> list[dict[str, Any]]:
    """Every item with its answer, for the page on which they are checked."""
    return [
        {"number": number, "item": item, "answer": asked.answers.get(item.key)}
        for number, item in enumerate(asked.instrument.items, 1)
    ]


def _all(reference: str) -> tuple[str, str]:
    return reverse("assessments", args=[reference]), f"Risk assessments, case {reference}"


def _sent(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None
