"""What every view needs: who looks, the page around the content, and what to show when an action does not do it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse

from fanlight.casework import access
from fanlight.casework.actions.once import once, sending
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.home import sections
from fanlight.casework.queries.lines import RefusalLine
from fanlight.casework.queries.reach_page import at_risk_in
from fanlight.casework.web import signed_in
from fanlight.casework.web.forms.entry import OverrideForm
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.middleware import TimedRequest

MENU = (
    ("report", "report", "Report it"),
    ("duties", "my-duties", "My duties"),
    ("team", "team-duties", "Team duties"),
    ("triage", "triage", "Triage"),
    ("cases", "cases", "Cases"),
    ("find", "find", "Find a person"),
    ("address", "address-check", "Address check"),
    ("register", "register", "The register"),
    ("moves", "moves", "Moves"),
    ("handovers", "handovers", "Hand-overs"),
    ("shares", "all-shares", "Sharing"),
    ("referrals", "my-referrals", "Referrals"),
    ("marac", "marac", "MARAC"),
    ("marac-figures", "marac-figures", "MARAC figures"),
    ("directory", "directory", "Services"),
    ("policy", "policy", "The policy"),
    ("emergency", "emergency", "Emergency"),
    ("emergencies", "emergencies", "Emergency access"),
    ("staff", "staff", "People"),
    ("log", "log", "The log"),
    ("retention", "retention", "Retention"),
)
EVERYDAY = frozenset({"report", "duties", "team", "triage", "cases", "find", "address"})
"""What stands in the menu itself; the rest is folded beside it, where it is more than a few."""
FEW = 2

TOLD: Mapping[str, str] = {
    "recorded": "It is on the record.",
    "answered": "The answer is on the record.",
    "who": "They are one person now. It can be taken back under Find a person.",
    "opened": "The case is open.",
    "joined": "The report is on this case now.",
    "redirected": "The report has been sent on.",
    "goes-by-referral": "Nothing has gone yet: it goes by this referral. The case stays open until they have it.",
    "assigned": "The case has been given to them.",
    "handed-over": "It is handed over. It is not received until they say so.",
    "received": "It has been received.",
    "closed": "The case is closed.",
    "reopened": "The case is open again.",
    "struck": "The entry is struck. It can still be read.",
    "person": "They are on the case.",
    "pair-settled": "It is noted.",
    "merged": "They are read as one person from now on. It can be taken back.",
    "apart": "They are two again, each as they were.",
    "related": "It is on the case how they stand to each other.",
    "relation": "It is on the case. What was said before can still be read.",
    "part-changed": "Their part is another now. What it was stays on the record.",
    "child": "It is on the case.",
    "female-staff": "It is saved.",
    "postcode-kept": "The fingerprint of your postcode is kept.",
    "postcode-forgotten": "Nothing of your postcode is kept.",
    "called-999": "It is on the record that 999 has been called.",
    "chosen": "Their choice is on the record.",
    "offered": "It is on the record.",
    "plan-made": "The plan is on the record.",
    "plan-agreed": "It is on the record that they agreed it.",
    "plan-copied": "The copy is made. Open it to print or send it.",
    "item-answered": "It is on the plan.",
    "wishes": "Their words stand on every page of the case.",
    "way-said": "The way is written down.",
    "way-ended": "Nobody is reached by that way any more.",
    "seen-to": "It is on the record. It waits for nobody any more.",
    "restricted": "They are on the case. A colleague is in it, so it is with People & Culture and the lead now, and not with you.",
    "kept-from": "The case does not exist for them any more.",
    "let-back-in": "They are let back in.",
    "declared": "Thank you. You see nothing of that case any more, and what you had to do in it has gone to others.",
    "reviewed": "The review is saved.",
    "role-granted": "They have the role from their next page on.",
    "role-asked": "It waits for somebody else to approve it.",
    "role-refused": "The role is refused.",
    "role-taken": "The role is taken away.",
    "left": "Their account is ended.",
    "person-changed": "It is saved, and stands whatever the housing system says.",
    "equality": "It is saved, and stands on no other page.",
    "deputy": "The deputy is named.",
    "deputy-ended": "They stand in no more.",
    "password": "Your password is changed. You are signed out everywhere else.",
    "factor-added": "Your second step is set up.",
    "factor-removed": "It is removed.",
    "factors-reset": "Their second step is taken away, and they are signed out.",
    "session-ended": "They are signed out there.",
    "held": "It is held back.",
    "hold-lifted": "It is held back no longer by this.",
    "kept-longer": "It is kept longer.",
    "let-go": "You have let it go. A colleague can dispose of it now.",
    "disposed": "It is disposed of.",
    "marker": "The marker is set.",
    "marker-kept": "The marker is kept.",
    "marker-ended": "The marker is ended.",
    "move-asked": "It waits for somebody else to authorise it.",
    "move-authorised": "It is authorised. Now go through the list.",
    "move-refused": "It is not authorised.",
    "step-answered": "It is answered for.",
    "move-done": "The move is done.",
    "move-corrected": "It is put right.",
    "move-cancelled": "It is called off.",
    "lifting-asked": "It waits for somebody else to decide. Until then the address is protected as it was.",
    "lifted": "The address is protected no longer.",
    "lifting-kept": "The address stays protected.",
    "knower-named": "They may know it from their next page on.",
    "knower-ended": "They may know it no longer.",
    "letter-written": "The letter is written. Open it to print it.",
    "consent": "It is on the record.",
    "assessed": "The assessment is on the record.",
    "draft-kept": "What you have answered is kept. Nobody else reads it, and it is not on the record yet.",
    "draft-dropped": "The draft is gone.",
    "referral-drafted": "The draft is saved. Nothing has been sent.",
    "referral-sent": "It is on the record as sent. It is not received until they say so.",
    "referral-waits": "It waits for somebody else to authorise it. Nothing has gone.",
    "marac-noted": "It is on the record that they referred. The twelve months run from that day.",
    "referral-said": "It is on the record.",
    "service-changed": "The directory says so now.",
    "service-assured": "It is noted that all of it was right today.",
    "service-removed": "It is out of the directory.",
    "shared": "It is written down. What it says stands below as it went, or as it waits.",
    "share-authorised": "It is authorised, and on the record as sent.",
    "share-refused": "It is not authorised, and does not go.",
    "share-stopped": "It is taken back, and does not go.",
    "share-received": "It has been received.",
    "barred": "Nothing of this case is shared with them.",
    "unbarred": "The line is ended.",
    "agreement": "The agreement is on the register.",
    "agreement-reviewed": "It is noted.",
    "agreement-ended": "It is ended: nothing rests on it any more.",
    "saved": "It is saved.",
    "linked": "They are linked, and sign in through the identity provider from now on.",
}
"""What a page says after something was done: a word in the address, never what was typed."""


def viewer_of(request: HttpRequest) -> Staff:
    """This function will give who is signed in; the middleware has let nobody else come so far."""
    if not isinstance(request.user, Staff):
        raise access.NotFound
    return request.user


def case_of(request: TimedRequest, reference: str) -> Case:
    """This function will give the case of a reference, as far as the viewer may see it."""
    return access.find_case(viewer_of(request), reference, now=request.now)[0]


@cache
def _place(name: str) -> str:
    """The address of a page of the menu: the same for as long as the product runs."""
    return reverse(name)


def show(
    request: TimedRequest,
    template: str,
    title: str,
    *,
    here: str = "",
    back: tuple[str, str] | None = None,
    forms: Sequence[PageForm] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """This function will show a page: its content in the layout, with the menu, and the errors of its forms on top."""
    viewer = request.user if isinstance(request.user, Staff) else None
    if viewer and here == "cases" and context.get("reference") and "at_risk" not in context:
        context["at_risk"] = _head_of(request, viewer, context)
    parts = sections(viewer) if viewer and not signed_in.must_set_up(request, viewer) else frozenset()
    context.update(
        title=title,
        now=request.now,
        who={"name": viewer.name, "landlord": settings_of(viewer.landlord_id).name} if viewer else None,
        nav=_menu(parts, here),
        back={"href": back[0], "text": back[1]} if back else None,
        problems=[*context.get("problems", ()), *(problem for form in forms for problem in form.problems())],
        told=TOLD.get(request.GET.get("done", "")),
        session=_lasts(request) if viewer else None,
    )
    # Masked once a page: the backend's own is masked anew wherever it is used, and a case has twenty forms.
    context["csrf_token"] = get_token(request)
    context["mark"] = secrets.token_urlsafe(16)
    return HttpResponse(render_to_string(template, context), status=status)


def _menu(parts: Collection[str], here: str) -> list[dict[str, object]]:
    """The menu, with where one is: each that is not folded is `shown`."""
    rest = [section for section, _, _ in MENU if section in parts and section not in EVERYDAY]
    return [
        {
            "href": _place(name),
            "text": text,
            "here": section == here,
            "shown": section not in rest or section == here or len(rest) <= FEW,
        }
        for section, name, text in MENU
        if section in parts
    ]


def _head_of(request: TimedRequest, viewer: Staff, context: Mapping[str, Any]) -> Any:
    """The people at risk with their ways, which head every page of a case: as they were read already, or read now."""
    for read in (context.get("page"), context.get("asked")):
        if (found := getattr(read, "at_risk", None)) is not None:
            return found
    try:
        return at_risk_in(viewer, context["reference"], now=request.now)
    except access.NotFound:
        return None


def _lasts(request: TimedRequest) -> dict[str, object] | None:
    """This function will give when the session ends, for the line that says so and the script that warns of it."""
    ends = signed_in.ends_at(request)
    if ends is None:
        return None
    return {"ends": ends, "seconds": int((ends - request.now).total_seconds()), "warn": signed_in.warned_before()}


def go(name: str, *args: object, done: str = "", **query: object) -> HttpResponseRedirect:
    """This function will send the browser to a page, which says what was done."""
    asked = {key: value for key, value in {**query, "done": done}.items() if value}
    return HttpResponseRedirect(reverse(name, args=args) + (f"?{urlencode(asked)}" if asked else ""))


def carry_out_once(request: TimedRequest, act: Callable[[], HttpResponseRedirect]) -> HttpResponseRedirect:
    """This function will do what a form asks and go on, or, where the same form was sent before, go where that one went."""
    said = [(name, str(value)) for name, values in request.POST.lists() for value in values if name not in _NOT_SAID]
    sent = sending(request.POST.get("mark", ""), [("", request.path), *said])
    return HttpResponseRedirect(once(sent=sent, act=lambda: act().url, by=viewer_of(request), now=request.now))


_NOT_SAID = ("csrfmiddlewaretoken", "mark")
"""What a form carries that nobody has typed."""


def page_number(request: HttpRequest) -> int:
    """This function will give which page of a list is asked for; the first, where that makes no sense."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def seen(request: HttpRequest) -> int:
    """This function will give the last entry that the writer had seen when the form was opened.

    Whoever does not say has seen nothing: they are shown what is there before anything of theirs is saved.
    """
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


_OUR_NAMES = {
    "of_sequence": "of",
    "staff_email": "works_here",
    "into": "reference",
    "lead": "taker",
    "confirmed_by": "by",
    "means": "reach",
    "may_leave_message": "message",
}
"""Where a form's word for a thing is not the action's."""


def blame(form: PageForm, faulty: Faulty) -> None:
    """This function will put what an action did not understand beside the fields that it is about."""
    for name, sentences in faulty.faults.items():
        known = (_OUR_NAMES.get(name, name), f"own-{name}", f"fact-{name}")
        field = next((one for one in known if one in form.fields), None)
        for sentence in sentences:
            form.add_error(field, sentence)


def overrides_of(request: HttpRequest) -> list[tuple[str, str]]:
    """This function will give the gates that the writer means to set aside, each with the reason."""
    return [
        (name.removeprefix("reason-"), str(reason).strip())
        for name, reason in request.POST.items()
        if name.startswith("reason-") and str(reason).strip()
    ]


def stopped(
    request: TimedRequest,
    gates: Sequence[RefusalLine],
    *,
    reference: str,
    back: tuple[str, str],
    may_override: bool = False,
) -> HttpResponse:
    """This function will show the gates in the way, before anything is saved; what was typed is kept in the page.

    `may_override` is whether the action takes reasons; each gate has its own say in whose.
    """
    given = dict(overrides_of(request))
    open_to_all = may_override and all(gate.may_override for gate in gates)
    asked = any(name.startswith("reason-") for name in request.POST)
    whose = {gate.gate: gate.override_title for gate in gates} if open_to_all else {}
    form = OverrideForm(request.POST if asked and whose else None, gates=whose)
    settled = {gate: reason for gate, reason in given.items() if gate not in whose}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith("reason-") and name != "change"
        for value in values
    ]
    typed += [(f"reason-{gate}", reason) for gate, reason in settled.items()]
    return show(
        request,
        "stopped.html",
        "Not saved yet",
        here="cases",
        back=back,
        forms=[form],
        status=409,
        gates=gates,
        form=form,
        reasons={gate: form[f"reason-{gate}"] for gate in whose},
        typed=typed,
        reference=reference,
    )
