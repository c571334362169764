"""Reaching somebody in a case: their ways, whether and how they may be reached now, what came of it, and what waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.ask_to_reach import ask_to_reach
from fanlight.casework.actions.end_way import end_way
from fanlight.casework.actions.reach_person import reach_person
from fanlight.casework.actions.reaching import NotSafe
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.settle_contact import settle_contact
from fanlight.casework.queries.reach_page import WaysPage, reach_page, settle_page, ways_page
from fanlight.casework.web.forms.reach import ReachForm, SettleForm, WayForm, reach_of, start_of_way
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, look
from fanlight.casework.web.views.page import blame, case_of, go, overrides_of, seen, show, viewer_of


def back_to_ways(reference: str, part: int) -> tuple[str, str]:
    """This function will give the link back to somebody's ways."""
    return reverse("ways", args=[reference, part]), "Ways of reaching them"


@require_http_methods(["GET", "HEAD"])
def ways(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will show the ways of somebody in a case."""
    page = ways_page(viewer_of(request), reference, part, now=request.now)
    look(request, reference)
    title = f"Ways of reaching somebody in case {reference}"
    back = reverse("case", args=[reference]), f"Case {reference}"
    return show(
        request, "ways.html", title, here="cases", back=back, page=page, reference=reference, at_risk=page.at_risk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will write down a way, or say one anew."""
    viewer = viewer_of(request)
    page = ways_page(viewer, reference, part, now=request.now)
    if not page.may_write:
        raise access.Refused("Your role may not write in this case.")
    anew = request.POST.get("anew", "") if request.method == "POST" else request.GET.get("way", "")
    line = next((one for one in page.hold if one.key == anew[:40]), None)
    form = WayForm(request.POST if request.method == "POST" else None, initial=_start(page, anew))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        say_way(
            case=case_of(request, reference),
            part=part,
            kind=typed["kind"],
            value=typed["value"],
            standing=typed["standing"],
            terms=form.terms(),
            told_by_them=typed["told_by_them"] is True,
            instead_of=line.id if line else None,
            by=viewer,
            now=request.now,
        )
        return go("ways", reference, part, done="way-said")

    title = f"Say a way anew, case {reference}" if line else f"Add a way, case {reference}"
    return FormPage(
        request, reference, form, "say_way.html", title, back=back_to_ways(reference, part), page=page, line=line,
        at_risk=page.at_risk,
    ).answer(act)  # fmt: skip


def _start(page: WaysPage, key: str) -> dict[str, Any]:
    """What is filled in where a way is said anew; that it is safe is asked again."""
    line = next((one for one in page.hold if one.key == key), None)
    if line is None or line.said is None:
        return {"kind": line.kind, "value": line.value} if line else {}
    return start_of_way(line.kind, line.value, line.standing, line.said)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: TimedRequest, reference: str, part: int, way: int) -> HttpResponse:
    """This function will end a way that is theirs no more."""
    viewer = viewer_of(request)
    page = ways_page(viewer, reference, part, now=request.now)
    line = next((one for one in page.hold if one.id == way), None)
    if line is None:
        return go("ways", reference, part)
    if not page.may_write:
        raise access.Refused("Your role may not write in this case.")
    if request.method == "POST":
        end_way(case=case_of(request, reference), part=part, way=way, by=viewer, now=request.now)
        return go("ways", reference, part, done="way-ended")
    look(request, reference)
    return show(
        request, "end_way.html", f"End a way, case {reference}", here="cases", back=back_to_ways(reference, part),
        page=page, line=line, reference=reference, at_risk=page.at_risk,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will say how somebody may be reached now, answer whether they may be, and record what came of it."""
    viewer = viewer_of(request)
    page = reach_page(viewer, reference, part, now=request.now)
    form = ReachForm(request.POST if request.method == "POST" else None, page=page)
    form_page = FormPage(
        request, reference, form, "reach.html", f"Reach somebody in case {reference}", may_override=True, page=page,
        last_sequence=page.last_sequence, at_risk=page.at_risk,
    )  # fmt: skip
    if request.method == "POST" and request.POST.get("do") == "ask":
        return _answer(request, reference, form, form_page)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        if not typed["result"]:
            raise Faulty({"result": ("Say what came of it. To ask whether you may, press “May I?”.",)})
        reach_person(
            case=case_of(request, reference),
            reach=reach_of(typed, part, typed["reach"]),
            result=typed["result"],
            safe=typed.get("safe"),
            note=typed["note"],
            at=typed["at"],
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="recorded")

    return form_page.answer(act)


def _answer(request: TimedRequest, reference: str, form: ReachForm, form_page: FormPage) -> HttpResponse:
    """May I, now? The gate answers; nothing is put on the record of the case."""
    if not form.is_valid():
        return form_page.shown()
    typed, part = form.cleaned_data, form_page.context["page"].person.id
    try:
        answer = ask_to_reach(
            case=case_of(request, reference),
            reach=reach_of(typed, part, typed["reach"]),
            by=viewer_of(request),
            now=request.now,
        )
    except NotSafe as refused:
        answer = refused.answer
    except Faulty as faulty:
        blame(form, faulty)
        return form_page.shown()
    return form_page.shown(answer=answer)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: TimedRequest, reference: str, what: str) -> HttpResponse:
    """This function will record what was done about a welfare check that waits, or a contact past the gate."""
    viewer = viewer_of(request)
    page = settle_page(viewer, reference, what, now=request.now)
    if page is None:
        return go("case", reference)
    form = SettleForm(request.POST if request.method == "POST" else None, what=what)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        settle_contact(
            case=case_of(request, reference),
            what=what,
            outcome=typed.get("outcome") or "",
            note=typed["note"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="seen-to")

    title = f"A welfare check, case {reference}" if what == "welfare" else f"Past the gate, case {reference}"
    return FormPage(
        request, reference, form, "settle_contact.html", title, page=page, last_sequence=page.last_sequence,
        at_risk=page.at_risk,
    ).answer(act)  # fmt: skip
