"""Meetings of the MARAC: what comes next, the list of each, the return for each case, who goes, actions, minutes, figures."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.arrange_marac_meeting import areas_to_arrange, arrange_marac_meeting
from fanlight.casework.actions.change_marac_meeting import change_marac_meeting
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.list_case_for_marac import list_case_for_marac
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.match_marac_listing import match_marac_listing
from fanlight.casework.actions.pass_on_marac_action import pass_on_marac_action
from fanlight.casework.actions.record_marac_attendance import record_marac_attendance
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.return_research import return_research
from fanlight.casework.actions.settle_marac_listing import settle_marac_listing
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.queries import marac_meetings as queries
from fanlight.casework.queries.directory import directory_of
from fanlight.casework.queries.marac_figures import marac_figures
from fanlight.casework.queries.staff import colleague
from fanlight.casework.queries.words import moment_in_words
from fanlight.casework.sharing import Proposed
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.marac_meetings import (
    ActionForm,
    AttendanceForm,
    CompleteActionForm,
    ListingForm,
    MatchForm,
    MeetingForm,
    MinutesForm,
    PassOnForm,
    SettleForm,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import case_of, go, overrides_of, page_number, seen, show, viewer_of
from fanlight.casework.web.views.sharing import share_by_form
from fanlight.present import LONDON

FORM = ["GET", "HEAD", "POST"]
HERE = "marac"
LONGEST_NAME = 80


@require_http_methods(["GET", "HEAD"])
def marac(request: TimedRequest) -> HttpResponse:
    """This function will show what is to be done before the next meetings, the viewer's own actions, and the meetings."""
    found = queries.marac_page(viewer_of(request), page=page_number(request), now=request.now)
    log_view(reference="", page="marac", by=viewer_of(request), now=request.now)
    return show(request, "marac.html", "MARAC", here=HERE, found=found)


@require_http_methods(["GET", "HEAD"])
def figures(request: TimedRequest) -> HttpResponse:
    """This function will show the landlord's own figures of the MARAC in a year from April."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == len("2026") else None
    found = marac_figures(viewer_of(request), year=year, now=request.now)
    return show(request, "marac_figures.html", "Figures of the MARAC", here=HERE, found=found)


@require_http_methods(["GET", "HEAD"])
def meeting(request: TimedRequest, number: int) -> HttpResponse:
    """This function will show a meeting."""
    found = queries.meeting_page(viewer_of(request), number, now=request.now)
    log_view(reference="", page="marac-meeting", by=viewer_of(request), now=request.now)
    return show(request, "marac_meeting.html", _title(found.line), here=HERE, back=_all(), found=found)


@require_http_methods(FORM)
def new(request: TimedRequest) -> HttpResponse:
    """This function will enter a meeting."""
    areas = areas_to_arrange(viewer_of(request))
    if not areas:
        raise Refused("Your role may not enter meetings of the MARAC.")
    form = MeetingForm(_sent(request), areas={area: area for area in areas})

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        return go("marac-meeting", arrange_marac_meeting(**typed, by=viewer_of(request), now=request.now), done="saved")

    return _form(request, form, "Enter a meeting of the MARAC", "Save", back=_all()).answer(act)


@require_http_methods(FORM)
def change(request: TimedRequest, number: int) -> HttpResponse:
    """This function will put a meeting right, or cancel it."""
    found = _arranged(request, number)
    line = found.line
    initial = {"meets_at": line.meets_at, "returns_on": _as_moment(line), "note": found.note}
    form = MeetingForm(_sent(request), areas={}, may_cancel=True, initial=initial)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        cancel = typed.pop("cancel") is True
        change_marac_meeting(meeting=number, **typed, cancel=cancel, by=viewer_of(request), now=request.now)
        return go("marac-meeting", number, done="saved")

    return _of_meeting(request, found, form, "Put the meeting right", "Save").answer(_blaming(form, act))


@require_http_methods(FORM)
def enlist(request: TimedRequest, number: int) -> HttpResponse:
    """This function will put a case on the list of a meeting, or somebody whom we have not found."""
    found = _arranged(request, number)
    form = ListingForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case = _case(request, typed["reference"]) if typed["reference"] else None
        list_case_for_marac(
            meeting=number,
            case=case,
            who=typed["who"],
            brought_by=typed["brought_by"],
            overrides=overrides_of(request),
            by=viewer_of(request),
            now=request.now,
        )
        return go("marac-meeting", number, done="saved")

    lines = [
        "Where another agency brought one of our cases, the MARAC asks us for what we know: that goes on its record.",
        "Somebody whom we have not found stands here under the words of the list, and no case is made of it.",
    ]
    return _of_meeting(request, found, form, "Who is heard?", "Put it on the list", lines).answer(_blaming(form, act))


@require_http_methods(FORM)
def match(request: TimedRequest, number: int, listing: int) -> HttpResponse:
    """This function will say which of our cases it is that the list names."""
    found = _arranged(request, number)
    line = _listing(request, found, listing)
    if line.reference:
        return go("marac-meeting", number)
    form = MatchForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        match_marac_listing(
            meeting=number,
            listing=listing,
            case=_case(request, typed["reference"]),
            overrides=overrides_of(request),
            by=viewer_of(request),
            now=request.now,
        )
        return go("marac-meeting", number, done="saved")

    lines = [line.who, "What the list says is not kept then: the case knows who they are."]
    return _of_meeting(request, found, form, "Which of our cases is it?", "It is this one", lines).answer(
        _blaming(form, act)
    )


@require_http_methods(FORM)
def settle(request: TimedRequest, number: int, listing: int) -> HttpResponse:
    """This function will say that we know nothing that helps, or take a case off the list."""
    found = _arranged(request, number)
    line = _listing(request, found, listing)
    form = SettleForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        settle_marac_listing(
            meeting=number,
            listing=listing,
            **typed,
            overrides=overrides_of(request),
            by=viewer_of(request),
            now=request.now,
        )
        return go("marac-meeting", number, done="saved")

    return _of_meeting(request, found, form, "No return for this case", "Save", [_named(line)]).answer(
        _blaming(form, act)
    )


@require_http_methods(FORM)
def research(request: TimedRequest, number: int, listing: int) -> HttpResponse:
    """This function will send the MARAC what we know of a case: a share, with all that a share must have."""
    viewer = viewer_of(request)
    found = queries.meeting_page(viewer, number, now=request.now)
    line = _listing(request, found, listing)
    if not line.reference:
        raise Refused("Match it with one of our cases first.")
    if line.state not in ("to_return", "nothing_known"):
        return go("share", line.reference, line.share) if line.share else go("marac-meeting", number)

    def act(proposed: Proposed, beside: Beside, at: datetime | None) -> HttpResponseRedirect:
        share = return_research(
            meeting=number,
            listing=listing,
            proposed=proposed,
            beside=beside,
            at=at,
            expected_sequence=seen(request),
            overrides=overrides_of(request),
            by=viewer,
            now=request.now,
        )
        return go("share", line.reference, share, done="shared")

    services = [
        one for one in directory_of(viewer.landlord_id) if queries.MARAC in one.kinds and one.works_in(found.line.area)
    ]
    to = f"{queries.MARAC}/{services[0].id if services else ''}"
    return share_by_form(
        request,
        line.reference,
        act,
        title=f"What we know, case {line.reference}",
        back=_back(found.line),
        initial={"to": to, "purpose": "assess_risk"},
        heading=f"Tell the MARAC what we know of case {line.reference}",
        lines=[
            f"It is heard in {found.line.area} on {moment_in_words(found.line.meets_at)}.",
            "It is a share like any other: choose piece by piece, and say on which grounds.",
        ],
    )


@require_http_methods(FORM)
def attendance(request: TimedRequest, number: int) -> HttpResponse:
    """This function will note who goes to a meeting, and who came."""
    viewer = viewer_of(request)
    found = queries.meeting_page(viewer, number, now=request.now)
    if not (found.may_arrange or found.may_note_own):
        raise Refused("Your role may not say who goes to the MARAC.")
    people = [one for one in queries.who_could(viewer) if found.may_arrange or one.id == viewer.pk]
    form = AttendanceForm(_sent(request), colleagues=people)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        staff = colleague(viewer, int(typed["staff"]))
        record_marac_attendance(meeting=number, staff=staff, came=typed["came"], by=viewer, now=request.now)
        return go("marac-meeting", number, done="saved")

    named = f"The policy names: {found.seat.who}." if found.seat.who else "The policy names nobody for this area."
    lines = [named, "Whoever came may read the minutes of the cases that they see. Nobody else may."]
    return _of_meeting(request, found, form, "Who goes, and who came?", "Save", lines).answer(_blaming(form, act))


@require_http_methods(FORM)
def give(request: TimedRequest, number: int) -> HttpResponse:
    """This function will enter what a meeting gave us to do."""
    viewer = viewer_of(request)
    found = queries.meeting_page(viewer, number, now=request.now)
    if not found.may_give:
        raise Refused("Whoever came, or arranges the meeting, enters what it gave us to do.")
    cases = {str(one.number): _named(one) for one in found.listings if one.state != "let_go"}
    asked = request.GET.get("case", "")
    form = ActionForm(
        _sent(request),
        colleagues=queries.who_could(viewer),
        cases=cases,
        initial={"listing": asked if asked in cases else ""},
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        give_marac_action(
            meeting=number,
            listing=int(typed["listing"]) if typed["listing"] else None,
            what=typed["what"],
            owner=colleague(viewer, int(typed["owner"])),
            due_on=typed["due_on"],
            by=viewer,
            now=request.now,
        )
        return go("marac-meeting", number, done="saved")

    return _of_meeting(request, found, form, "What did it give us to do?", "Save").answer(_blaming(form, act))


@require_http_methods(FORM)
def action(request: TimedRequest, number: int) -> HttpResponse:
    """This function will say that an action is done, or cannot be."""
    line = _action(request, number)
    form = CompleteActionForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        complete_marac_action(action=number, **typed, by=viewer_of(request), now=request.now)
        return go("marac", done="saved")

    return _form(request, form, "What became of it?", "Save", _said(line), reference=line.reference).answer(
        _blaming(form, act)
    )


@require_http_methods(FORM)
def pass_on(request: TimedRequest, number: int) -> HttpResponse:
    """This function will give an action to another colleague."""
    viewer, line = viewer_of(request), _action(request, number)
    form = PassOnForm(_sent(request), colleagues=queries.who_could(viewer))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        pass_on_marac_action(action=number, owner=colleague(viewer, int(typed["owner"])), by=viewer, now=request.now)
        return go("marac", done="saved")

    return _form(
        request, form, "Give it to a colleague", "Give it to them", _said(line), reference=line.reference
    ).answer(_blaming(form, act))


@require_http_methods(["GET", "HEAD"])
def minutes(request: TimedRequest, number: int) -> HttpResponse:
    """This function will show the minutes of a meeting to somebody who was there; every look is in the log."""
    found = queries.minutes_page(viewer_of(request), number, now=request.now)
    for reference in ("", *(one.reference for one in found.cases if one.reference and one.minutes)):
        log_view(reference=reference, page="marac-minutes", by=viewer_of(request), now=request.now)
    title = f"Minutes, {_title(found.line)}"
    return show(request, "marac_minutes.html", title, here=HERE, back=_back(found.line), found=found)


@require_http_methods(FORM)
def write_minutes(request: TimedRequest, number: int, listing: int) -> HttpResponse:
    """This function will add to the minutes of a case."""
    found = queries.minutes_page(viewer_of(request), number, now=request.now)
    one = next((one for one in found.cases if one.listing == listing), None)
    if one is None:
        raise NotFound
    if not found.may_write:
        raise Refused("Your role may not write minutes.")
    form = MinutesForm(_sent(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        write_marac_minutes(meeting=number, listing=listing, **typed, by=viewer_of(request), now=request.now)
        return go("marac-minutes", number, done="saved")

    back = (reverse("marac-minutes", args=[number]), "Minutes")
    lines = [f"Case {one.reference}" if one.reference else one.who]
    return _form(request, form, "Write the minutes", "Save", lines, reference=one.reference, back=back).answer(
        _blaming(form, act)
    )


def _arranged(request: TimedRequest, number: int) -> queries.MeetingPage:
    found = queries.meeting_page(viewer_of(request), number, now=request.now)
    if not found.may_arrange:
        raise Refused("Your role may not arrange this meeting.")
    return found


def _listing(request: TimedRequest, found: queries.MeetingPage, listing: int) -> queries.ListingLine:
    line = next((one for one in found.listings if one.number == listing), None)
    if line is None:
        raise NotFound
    return line


def _action(request: TimedRequest, number: int) -> queries.ActionLine:
    line = queries.action_of(viewer_of(request), number, now=request.now)
    if not line.may_complete:
        raise Refused("It is over already." if line.outcome else "It is somebody else's to see to.")
    return line


def _case(request: TimedRequest, reference: str) -> Any:
    """A case that one may not see is one that is not there."""
    try:
        return case_of(request, reference)
    except NotFound:
        raise Faulty({"reference": ("There is no such case that you may see.",)}) from None


def _blaming(form: PageForm, act: Any) -> Any:
    """What an action refuses stands above the form, where what was typed is kept; its words for a field are ours."""

    def do(typed: dict[str, Any]) -> HttpResponseRedirect:
        try:
            answer: HttpResponseRedirect = act(typed)
        except Faulty as faulty:
            names = {"case": "reference"}
            raise Faulty({names.get(name, name): said for name, said in faulty.faults.items()}) from None
        except Refused as refused:
            raise Faulty({"": (refused.sentence,)}) from refused
        return answer

    return do


def _form(
    request: TimedRequest,
    form: PageForm,
    heading: str,
    button: str,
    lines: list[str] | None = None,
    *,
    reference: str = "",
    back: tuple[str, str] | None = None,
) -> FormPage:
    if request.method != "POST" and request.resolver_match is not None:
        page = request.resolver_match.url_name or HERE
        log_view(reference=reference, page=page, by=viewer_of(request), now=request.now)
    return FormPage(
        request,
        "",
        form,
        "one_form.html",
        heading,
        here=HERE,
        back=back or _all(),
        may_override=True,
        heading=heading,
        lines=[line for line in lines or () if line],
        button=button,
    )


def _of_meeting(
    request: TimedRequest,
    found: queries.MeetingPage,
    form: PageForm,
    heading: str,
    button: str,
    lines: list[str] | None = None,
) -> FormPage:
    return _form(request, form, heading, button, lines, back=_back(found.line))


def _named(line: queries.ListingLine) -> str:
    if line.reference:
        return f"Case {line.reference}"
    plain = " ".join(line.who.split())
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:LONGEST_NAME].rstrip()}…"


def _said(line: queries.ActionLine) -> list[str]:
    about = f"Case {line.reference}. " if line.reference else ""
    return [line.what, f"{about}Due by {line.due_on:%-d %B %Y}. {line.owner} sees to it."]


def _title(line: queries.MeetingLine) -> str:
    return f"MARAC of {line.area}"


def _back(line: queries.MeetingLine) -> tuple[str, str]:
    return reverse("marac-meeting", args=[line.number]), _title(line)


def _all() -> tuple[str, str]:
    return reverse("marac"), "MARAC"


def _as_moment(line: queries.MeetingLine) -> datetime:
    return datetime.combine(line.returns_on, time(12), LONDON)


def _sent(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None
