"""Meetings of the MARAC: the list, one, what it gave us to do, the return for a case, and figures. There are no minutes here."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from fanlight.casework.actions.arrange_marac_meeting import arrange_marac_meeting
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.list_case_for_marac import list_case_for_marac
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.record_marac_attendance import record_marac_attendance
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.return_research import return_research
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, colleague_of, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Day, Line, Moment, Name, Number, SettingAside, Text
from fanlight.casework.api.sharing import ShareBody
from fanlight.casework.models import Staff
from fanlight.casework.queries import marac_meetings as queries
from fanlight.casework.queries.marac_figures import MaracFigures, marac_figures
from fanlight.casework.queries.marac_meetings import ActionLine, MaracPage, MeetingPage
from fanlight.casework.queries.sharing import SharePage, share_page

router = Router(tags=["MARAC"])


class PageAsked(Body):
    """Which page of the meetings before."""

    page: Annotated[int, Field(ge=1, le=99999)] = 1


class YearAsked(Body):
    """The year in whose April the figures begin; this one, where none is said."""

    year: Annotated[int, Field(ge=2000, le=9999)] | None = None


class MeetingBody(Body):
    """A meeting of the MARAC of an area. `returns_on` is the day by which the coordinator wants what we know."""

    area: Name
    meets_at: Moment
    returns_on: Day | None = None
    note: Text = ""


class ListingBody(SettingAside):
    """A case on the list: one of ours by its `reference`, or whom the list names (`who`). `brought_by` is us or agency."""

    reference: Line = ""
    who: Text = ""
    brought_by: Name


class AttendanceBody(Body):
    """A colleague, by their number: goes, came or away."""

    staff: Number
    came: Name


class ActionBody(Body):
    """What we are to do: about a case on the list by its number there, or about none; who sees to it, and by which day."""

    listing: Number | None = None
    what: Text
    owner: Number
    due_on: Day


class CompletionBody(Body):
    """That an action is done, or not_done because it cannot be: what was done, or why not."""

    outcome: Name = "done"
    note: Text
    done_on: Day | None = None


class Actions(Schema):
    """The open actions, soonest first."""

    actions: tuple[ActionLine, ...]


def _colleague(request: HttpRequest, number: int, field: str) -> Staff:
    found = colleague_of(request, number, field)
    if found is None:
        raise Faulty({field: ("Say who.",)})
    return found


@router.get("/marac", url_name="marac", response=answers(MaracPage))
def marac(request: HttpRequest, asked: Query[PageAsked]) -> MaracPage:
    """This address will show what is to be done before the next meetings and why, open actions, and the meetings."""
    found = queries.marac_page(viewer_of(request), page=asked.page, now=now_of(request))
    log_view(reference="", page="marac", by=viewer_of(request), now=now_of(request))
    return found


@router.get("/marac/figures", url_name="marac-figures", response=answers(MaracFigures))
def figures(request: HttpRequest, asked: Query[YearAsked]) -> MaracFigures:
    """This address will show the figures of a year: for whoever sees no cases, small numbers are null."""
    return marac_figures(viewer_of(request), year=asked.year, now=now_of(request))


@router.post("/marac/meetings", url_name="arrange-marac-meeting", response=answers(MeetingPage, status=201))
def arrange(request: HttpRequest, said: MeetingBody) -> Status[object]:
    """This address will enter a meeting."""
    number = arrange_marac_meeting(**said.dict(), by=viewer_of(request), now=now_of(request))
    return Status(201, queries.meeting_page(viewer_of(request), number, now=now_of(request)))


@router.get("/marac/meetings/{int:meeting}", url_name="marac-meeting", response=answers(MeetingPage))
def one(request: HttpRequest, meeting: int) -> MeetingPage:
    """This address will show a meeting: the cases that whoever asks sees, who goes, and what it gave us to do."""
    found = queries.meeting_page(viewer_of(request), meeting, now=now_of(request))
    log_view(reference="", page="marac-meeting", by=viewer_of(request), now=now_of(request))
    return found


@router.post(
    "/marac/meetings/{int:meeting}/cases",
    url_name="list-for-marac",
    response=answers(MeetingPage, status=201, stopped=True),
)
def enlist(request: HttpRequest, meeting: int, said: ListingBody) -> Status[object]:
    """This address will put a case on the list of a meeting, or somebody whom we have not found."""
    case = case_of(request, said.reference) if said.reference else None
    list_case_for_marac(
        meeting=meeting,
        case=case,
        who=said.who,
        brought_by=said.brought_by,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, queries.meeting_page(viewer_of(request), meeting, now=now_of(request)))


@router.post(
    "/marac/meetings/{int:meeting}/cases/{int:listing}/return",
    url_name="return-research",
    response=answers(SharePage, status=201, stopped=True),
)
def research(request: HttpRequest, meeting: int, listing: int, said: ShareBody) -> Status[object]:
    """This address will send the MARAC what we know of a case: a share, whole, or all that it lacks."""
    number = return_research(
        meeting=meeting,
        listing=listing,
        proposed=said.proposed(),
        beside=said.beside(),
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    line = queries.listing_of(viewer_of(request), meeting, listing, now=now_of(request))
    return Status(201, share_page(viewer_of(request), line.reference, number, now=now_of(request)))


@router.post("/marac/meetings/{int:meeting}/attendance", url_name="marac-attendance", response=answers(MeetingPage))
def attendance(request: HttpRequest, meeting: int, said: AttendanceBody) -> MeetingPage:
    """This address will note that a colleague goes to a meeting, came, or could not come."""
    staff = _colleague(request, said.staff, "staff")
    record_marac_attendance(meeting=meeting, staff=staff, came=said.came, by=viewer_of(request), now=now_of(request))
    return queries.meeting_page(viewer_of(request), meeting, now=now_of(request))


@router.post(
    "/marac/meetings/{int:meeting}/actions", url_name="give-marac-action", response=answers(ActionLine, status=201)
)
def give(request: HttpRequest, meeting: int, said: ActionBody) -> Status[object]:
    """This address will enter what a meeting gave us to do."""
    number = give_marac_action(
        meeting=meeting,
        listing=said.listing,
        what=said.what,
        owner=_colleague(request, said.owner, "owner"),
        due_on=said.due_on,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, queries.action_of(viewer_of(request), number, now=now_of(request)))


@router.get("/marac/actions", url_name="marac-actions", response=answers(Actions))
def actions(request: HttpRequest) -> Actions:
    """This address will show the open actions that whoever asks sees, soonest first."""
    found = queries.open_actions(viewer_of(request), now=now_of(request))
    log_view(reference="", page="marac", by=viewer_of(request), now=now_of(request))
    return Actions(actions=found)


@router.post("/marac/actions/{int:action}/done", url_name="complete-marac-action", response=answers(ActionLine))
def complete(request: HttpRequest, action: int, said: CompletionBody) -> ActionLine:
    """This address will say that an action is done, or cannot be, with what was done or why not."""
    complete_marac_action(action=action, **said.dict(), by=viewer_of(request), now=now_of(request))
    return queries.action_of(viewer_of(request), action, now=now_of(request))
