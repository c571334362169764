"""Recording an entry: which kind, its form, and the gates that stand in the way before it is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import Refused
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.queries.entry_form import EntryForm as Asked
from fanlight.casework.queries.entry_form import entry_form, entry_sent, in_the_way, kinds_to_record
from fanlight.casework.queries.lines import RefusalLine
from fanlight.casework.web.forms.entry import EntryForm
from fanlight.casework.web.forms.kinds import GROUPS, OWN_PAGES, PAGES_APART
from fanlight.casework.web.forms.reach import WhomForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, overrides_of, seen, show, viewer_of


@require_http_methods(["GET", "HEAD"])
def choose(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will ask what to record."""
    found = {line.kind: line for line in kinds_to_record(viewer_of(request), reference, now=request.now)}
    due = [duty for line in found.values() for duty in line.for_duties]
    due.sort(key=lambda duty: (duty.due is None, duty.due or duty.since))
    groups = [
        (title, [found[kind] for kind in kinds if kind in found])
        for title, kinds in GROUPS.items()
        if any(kind in found for kind in kinds)
    ]
    look(request, reference)
    return show(
        request,
        "choose_kind.html",
        f"Record an entry in case {reference}",
        here="cases",
        back=back_to(reference),
        due=due,
        groups=groups,
        reference=reference,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: TimedRequest, reference: str, kind: str) -> HttpResponse:
    """This function will take an entry of one kind."""
    if OWN_PAGES.get(kind) in ("assign", "close", "reopen"):
        return go(OWN_PAGES[kind], reference)
    viewer = viewer_of(request)
    duty = request.POST.get("duty", "") if request.method == "POST" else request.GET.get("duty", "")
    if kind in PAGES_APART:
        return go(PAGES_APART[kind], reference, duty=duty[:120])

    def whole() -> Asked:
        return entry_form(viewer, reference, kind, duty=duty[:120], now=request.now)

    whom = WhomForm.sent(request.POST) if request.method == "POST" else None
    try:
        if whom is None:
            asked = whole()
        else:
            asked = entry_sent(viewer, reference, kind, duty=duty[:120], whom=whom, now=request.now)
    except Refused:
        # A list of duties links to what is usual. Where that is not theirs to record, or the case is closed, the page
        # of the case has the way that is.
        if not duty or request.method == "POST":
            raise
        return go("case", reference)
    form = EntryForm(request.POST if request.method == "POST" else None, asked=asked)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        taken = form.typed()
        record_entry(
            case=case_of(request, reference),
            kind=kind,
            fields=taken.fields,
            facts=taken.facts,
            note=taken.note,
            of_sequence=taken.of,
            at=taken.at,
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            duty=asked.duty.key if asked.duty else "",
            reach=taken.reach,
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="recorded", duty=asked.duty.key if asked.duty else "")

    def again() -> dict[str, Any]:
        asked = whole()
        WhomForm.offer(form, asked.whom)
        return {"asked": asked}

    return FormPage(
        request,
        reference,
        form,
        "record.html",
        f"{asked.kind.title}, case {reference}",
        back=None if asked.duty else (reverse("record", args=[reference]), "Record something else"),
        may_override=True,
        again=again,
        asked=asked,
        last_sequence=asked.last_sequence,
        hints=_hints(request, reference, asked) if request.method != "POST" else (),
    ).answer(act)


def _hints(request: TimedRequest, reference: str, asked: Asked) -> tuple[RefusalLine, ...]:
    """What the policy asks before this is done, told before anything is typed.

    Only where enough is known: an act with nothing to choose, or one with what is usual for its duty filled in.
    """
    if asked.kind.fields and asked.duty is None:
        return ()
    return in_the_way(
        viewer_of(request),
        reference,
        kind=asked.kind.name,
        fields={line.term.name: line.value for line in asked.fields if line.value is not None},
        facts={line.term.name: line.value for line in (*asked.facts, *asked.more_facts) if line.value is not None},
        of_sequence=asked.of,
        now=request.now,
    )
