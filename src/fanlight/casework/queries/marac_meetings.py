"""Meetings of the MARAC: what is still to be done before the next, the cases on each list, what we were asked to do; the minutes apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from fanlight.casework import access, keys, rulings, sql
from fanlight.casework.access import NotFound, can
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import (
    Entry,
    MaracAction,
    MaracAttendance,
    MaracListing,
    MaracMeeting,
    MaracMinutes,
    Staff,
    StaffRole,
    names_of,
)
from fanlight.casework.models.marac_meetings import CAME, OUTCOMES_OF_AN_ACTION, of_listing
from fanlight.casework.queries.lines import Colleague, Page
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.words import in_words, role_titles
from fanlight.present import LONDON, day_of

PAGE = 25
NEXT_AT_MOST = 50
SAY_WHO_CAME_FOR = timedelta(days=28)
"""So long after a meeting it is still put to whoever arranges it to say who came."""
MARAC = "marac"

STATES: Mapping[str, str] = {
    "to_match": "Not matched with a case",
    "to_return": "Not sent yet",
    "waits": "Waits to be authorised",
    "gone": "Sent, not yet confirmed",
    "received": "Received",
    "nothing_known": "We know nothing that helps",
    "let_go": "Not kept any more",
}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Who speaks for us at the MARAC of an area, as the landlord's document says; with nobody, it names nobody."""

    roles: tuple[str, ...]
    also: tuple[str, ...]
    clause: str

    @property
    def who(self) -> str:
        """All of them in one line."""
        return ", ".join((*self.roles, *self.also))


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list. `heard` and `to_return` count the cases that the viewer sees, and no others."""

    number: int
    area: str
    meets_at: datetime
    returns_on: date
    is_cancelled: bool
    is_over: bool
    heard: int
    to_return: int
    goes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TodoLine:
    """What is to be done next, and why: `what` is match, return, authorise, goes or came; `by` is the day on which it must be done."""

    what: str
    title: str
    why: str
    by: date
    is_late: bool
    meeting: int
    listing: int | None
    reference: str
    share: int | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What a meeting gave us to do. `is_late`: it is open and the day is over; `was_late`: it was done after the day."""

    number: int
    meeting: int
    area: str
    met_at: datetime
    listing: int | None
    reference: str
    what: str
    owner: str
    is_mine: bool
    due_on: date
    is_late: bool
    was_late: bool
    outcome: str
    outcome_title: str
    done: str
    done_on: date | None
    done_by: str
    may_complete: bool


@dataclass(frozen=True, slots=True)
class MaracPage:
    """The first page: what comes next and why, the viewer's own actions, others' that they see, the meetings."""

    todo: tuple[TodoLine, ...]
    mine: tuple[ActionLine, ...]
    others: tuple[ActionLine, ...]
    next: tuple[MeetingLine, ...]
    before: Page[MeetingLine]
    areas: tuple[str, ...]
    may_arrange: bool
    may_see_figures: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What an agency asked of us in a case, and what was done about it; nothing of that where it is open."""

    sequence: int
    from_title: str
    asks: str
    at: datetime
    completed_at: datetime | None
    done: str


@dataclass(frozen=True, slots=True)
class ListingLine:
    """A case on the list of a meeting; with no reference, somebody whom we have not found (`who`). `state` is one of STATES."""

    number: int
    meeting: int
    reference: str
    who: str
    brought_by_title: str
    state: str
    state_title: str
    why: str
    share: int | None
    lead: str
    requests: tuple[RequestLine, ...]


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """A colleague who goes, came, or could not; `is_named` is whether they hold a role that the document names."""

    staff: int
    name: str
    came: str
    came_title: str
    is_named: bool
    noted_by: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting: its list as the viewer sees it, who goes, what we were asked to do; `was_there` leads to the minutes."""

    line: MeetingLine
    note: str
    seat: SeatLine
    attendance: tuple[AttendanceLine, ...]
    listings: tuple[ListingLine, ...]
    actions: tuple[ActionLine, ...]
    may_arrange: bool
    may_note_own: bool
    may_give: bool
    was_there: bool


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """What somebody added to the minutes of a case."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MinutesOfCase:
    """The minutes of one case on the list."""

    listing: int
    reference: str
    who: str
    is_let_go: bool
    minutes: tuple[MinutesLine, ...]


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The minutes of a meeting, case by case, for somebody who was there."""

    line: MeetingLine
    cases: tuple[MinutesOfCase, ...]
    kept_until: date
    may_write: bool


def marac_page(viewer: Staff, *, page: int = 1, now: datetime) -> MaracPage:
    """This function will give the meetings of the viewer's areas, and what is to be done before the next. Raises Refused."""
    seen = access.visible_meetings(viewer, now=now)
    day = _begins(day_of(now))
    coming = list(seen.filter(meets_at__gte=day, cancelled_at=None).order_by("meets_at", "pk")[:NEXT_AT_MOST])
    past = seen.exclude(meets_at__gte=day, cancelled_at=None).order_by("-meets_at", "-pk")
    total = past.count()
    number, pages = page_number(page, total, PAGE)
    before = list(past[(number - 1) * PAGE : number * PAGE])
    around = _Around(viewer, [*coming, *before], now)
    actions = open_actions(viewer, now=now)
    return MaracPage(
        todo=tuple(sorted(_todo(viewer, coming, before, around, now), key=lambda one: (one.by, one.meeting))),
        mine=tuple(one for one in actions if one.is_mine),
        others=tuple(one for one in actions if not one.is_mine),
        next=tuple(around.line(one) for one in coming),
        before=Page(tuple(around.line(one) for one in before), number, pages, total),
        areas=tuple(settings_of(viewer.landlord_id).areas),
        may_arrange=can(viewer, "marac:arrange"),
        may_see_figures=can(viewer, "figures:see"),
    )


def meeting_page(viewer: Staff, number: int, *, now: datetime) -> MeetingPage:
    """This function will give a meeting with its list, as far as the viewer sees the cases. Raises NotFound, Refused."""
    meeting = _meeting(viewer, number, now)
    around = _Around(viewer, [meeting], now)
    listings = around.listings.get(meeting.pk, [])
    requests = _requests([one.case_id for one in listings if one.case_id is not None], now)
    leads = names_of(one.case.lead_id for one in listings if one.case is not None)
    seat = seat_of(viewer.landlord_id, meeting.area)
    actions = access.visible_actions(viewer, now=now).filter(meeting=meeting)
    was_there = any(one.staff_id == viewer.pk and one.came == "came" for one in around.attendance.get(meeting.pk, []))
    may_arrange = can(viewer, "marac:arrange") and meeting.cancelled_at is None
    return MeetingPage(
        line=around.line(meeting),
        note=meeting.note,
        seat=seat,
        attendance=tuple(_attendance(viewer, around.attendance.get(meeting.pk, []), meeting.area)),
        listings=tuple(_listing(one, requests, leads) for one in listings),
        actions=_actions(viewer, actions, now),
        may_arrange=may_arrange,
        may_note_own=not may_arrange and can(viewer, "marac:minutes") and meeting.cancelled_at is None,
        may_give=may_arrange or was_there,
        was_there=was_there,
    )


def listing_of(viewer: Staff, meeting: int, number: int, *, now: datetime) -> ListingLine:
    """This function will give a case on the list of a meeting. Raises NotFound, Refused."""
    held = _meeting(viewer, meeting, now)
    found = _listed(viewer, [held], now).filter(pk=number).first()
    if found is None:
        raise NotFound
    return _listing(found, {}, {})


def seat_of(landlord_id: str, area: str) -> SeatLine:
    """This function will give who speaks for a landlord at the MARAC of an area, as its document says."""
    seat = settings_of(landlord_id).marac.seats.get(area)
    return SeatLine(role_titles(landlord_id, seat.roles), seat.also, seat.clause) if seat else SeatLine((), (), "")


def minutes_page(viewer: Staff, number: int, *, now: datetime) -> MinutesPage:
    """This function will give the minutes of a meeting, to somebody who was there, of the cases that they see.

    For everybody else there are none, whatever their role. Raises NotFound, Refused.
    """
    meeting = _meeting(viewer, number, now)
    if not access.was_there(viewer, meeting.pk):
        raise NotFound
    around = _Around(viewer, [meeting], now)
    listings = around.listings.get(meeting.pk, [])
    rows = MaracMinutes.objects.filter(listing__in=[one.pk for one in listings]).order_by("at", "pk")
    every = list(rows.select_related("listing"))
    keys.warm(of_listing(one) for one in every)
    names = names_of(one.by_id for one in every)
    written: dict[int, list[MinutesLine]] = {}
    for one in every:
        written.setdefault(one.listing_id, []).append(MinutesLine(one.said, names[one.by_id], one.at))
    return MinutesPage(
        line=around.line(meeting),
        cases=tuple(
            MinutesOfCase(
                one.pk,
                one.case.reference if one.case else "",
                _who(one),
                one.let_go_at is not None,
                tuple(written.get(one.pk, ())),
            )
            for one in listings
        ),
        kept_until=settings_of(viewer.landlord_id).marac.minutes_kept_for.after(day_of(meeting.meets_at)),
        may_write=can(viewer, "marac:minutes"),
    )


def open_actions(viewer: Staff, *, now: datetime) -> tuple[ActionLine, ...]:
    """This function will give the open actions that the viewer sees, soonest first. Raises Refused."""
    access.demand(viewer, "marac:see")
    return _actions(viewer, access.visible_actions(viewer, now=now).filter(outcome=""), now)


def action_of(viewer: Staff, number: int, *, now: datetime) -> ActionLine:
    """This function will give an action. Raises NotFound, Refused."""
    access.demand(viewer, "marac:see")
    found = _actions(viewer, access.visible_actions(viewer, now=now).filter(pk=number), now)
    if not found:
        raise NotFound
    return found[0]


def count_of_my_actions(viewer: Staff, *, now: datetime) -> tuple[int, int]:
    """This function will say how many of the viewer's own actions are open, and how many of those are late.

    It is one short query; where there are any, another asks which of their cases the viewer still sees.
    """
    if not can(viewer, "marac:see"):
        return 0, 0
    which = "from casework_maracaction action where action.owner_id = %s and action.outcome = ''"
    rows = sql.select(which, [viewer.pk], (MaracAction, "action", ("case_id", "due_on")))
    if any(case_id is not None for case_id, _ in rows):
        seen, values = access.is_visible(viewer, "action.case_id", now=now)
        which = f"{which} and (action.case_id is null or {seen})"
        rows = sql.select(which, [viewer.pk, *values], (MaracAction, "action", ("case_id", "due_on")))
    today = day_of(now).isoformat()
    return len(rows), sum(str(due_on) < today for _, due_on in rows)


def who_could(viewer: Staff) -> tuple[Colleague, ...]:
    """This function will list the colleagues whose roles see meetings of the MARAC, by name: to say who goes, or who does something."""
    landlord = settings_of(viewer.landlord_id)
    roles = landlord.roles_with("marac:see")
    held: dict[int, list[str]] = {}
    rows = StaffRole.objects.filter(landlord_id=viewer.landlord_id, role__in=roles, staff__is_active=True)
    for staff_id, role in rows.order_by("pk").values_list("staff_id", "role"):
        held.setdefault(staff_id, []).append(role)
    names = names_of(held)
    found = (
        Colleague(number, names[number], role_titles(landlord.id, theirs), tuple(theirs))
        for number, theirs in held.items()
    )
    return tuple(sorted(found, key=lambda one: one.name))


# ── What stands around meetings, read for all of them together ───────────────────────────────────────────────────────


class _Around:
    """The lists and the attendance of some meetings, read once."""

    def __init__(self, viewer: Staff, meetings: Sequence[MaracMeeting], now: datetime) -> None:
        self.now = now
        self.listings: dict[int, list[MaracListing]] = {}
        self.attendance: dict[int, list[MaracAttendance]] = {}
        rows = list(_listed(viewer, meetings, now)) if meetings else []
        keys.warm(of_listing(one) for one in rows if one.sealed_who or one.sealed_why)
        for one in rows:
            self.listings.setdefault(one.meeting_id, []).append(one)
        attending = MaracAttendance.objects.filter(meeting__in=[one.pk for one in meetings]).order_by("pk")
        for attendance in attending:
            self.attendance.setdefault(attendance.meeting_id, []).append(attendance)
        self.names = names_of(one.staff_id for each in self.attendance.values() for one in each)

    def line(self, meeting: MaracMeeting) -> MeetingLine:
        """This function will give a meeting as it stands in a list."""
        listings = self.listings.get(meeting.pk, [])
        return MeetingLine(
            number=meeting.pk,
            area=meeting.area,
            meets_at=meeting.meets_at,
            returns_on=meeting.returns_on,
            is_cancelled=meeting.cancelled_at is not None,
            is_over=meeting.meets_at <= self.now,
            heard=len(listings),
            to_return=sum(_state(one) in ("to_match", "to_return") for one in listings),
            goes=tuple(
                self.names[one.staff_id] for one in self.attendance.get(meeting.pk, []) if one.came in ("goes", "came")
            ),
        )


def _meeting(viewer: Staff, number: int, now: datetime) -> MaracMeeting:
    found = access.visible_meetings(viewer, now=now).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def _listed(viewer: Staff, meetings: Iterable[MaracMeeting], now: datetime) -> QuerySet[MaracListing]:
    """What a share holds is not read: how far it is stands beside."""
    found = access.visible_listings(viewer, now=now).filter(meeting__in=[one.pk for one in meetings])
    held = ("share__sealed_said", "share__sealed_content", "share__sealed_document")
    return found.exclude(settled="taken_off").select_related("case", "share").defer(*held).order_by("pk")


def _state(row: MaracListing) -> str:
    if row.settled:
        return row.settled
    if row.case_id is None:
        return "let_go" if row.let_go_at else "to_match"
    state = row.share.state if row.share is not None else ""
    return "to_return" if state in ("", "refused", "stopped") else state


def _who(row: MaracListing) -> str:
    return row.who if row.case_id is None and row.let_go_at is None else ""


def _listing(
    row: MaracListing, requests: Mapping[int, tuple[RequestLine, ...]], leads: Mapping[int | None, str]
) -> ListingLine:
    state = _state(row)
    return ListingLine(
        number=row.pk,
        meeting=row.meeting_id,
        reference=row.case.reference if row.case else "",
        who=_who(row),
        brought_by_title="We brought it" if row.brought_by == "us" else "Another agency brought it",
        state=state,
        state_title=STATES[state],
        why=row.why if row.let_go_at is None else "",
        share=row.share_id,
        lead=leads.get(row.case.lead_id, "") if row.case else "",
        requests=requests.get(row.case_id, ()) if row.case_id else (),
    )


def _attendance(viewer: Staff, rows: Sequence[MaracAttendance], area: str) -> Iterator[AttendanceLine]:
    seat = settings_of(viewer.landlord_id).marac.seats.get(area)
    people = [one.staff_id for one in rows]
    named = set(
        StaffRole.objects.filter(staff__in=people, role__in=seat.roles if seat else ()).values_list(
            "staff_id", flat=True
        )
    )
    names = names_of([*people, *(one.by_id for one in rows)])
    for one in rows:
        is_named = one.staff_id in named
        title = dict(CAME)[one.came]
        yield AttendanceLine(one.staff_id, names[one.staff_id], one.came, title, is_named, names[one.by_id])


def _actions(viewer: Staff, found: QuerySet[MaracAction], now: datetime) -> tuple[ActionLine, ...]:
    rows = list(found.select_related("meeting", "case", "listing").order_by("due_on", "pk"))
    names = names_of(number for one in rows for number in (one.owner_id, one.done_by_id))
    keys.warm(rulings.key_of(one.case_id) for one in rows if one.case_id is not None)
    today, arranges = day_of(now), can(viewer, "marac:arrange")
    return tuple(
        ActionLine(
            number=one.pk,
            meeting=one.meeting_id,
            area=one.meeting.area,
            met_at=one.meeting.meets_at,
            listing=one.listing_id,
            reference=one.case.reference if one.case else "",
            what=one.what or STATES["let_go"],
            owner=names[one.owner_id],
            is_mine=one.owner_id == viewer.pk,
            due_on=one.due_on,
            is_late=not one.outcome and one.due_on < today,
            was_late=one.done_on is not None and one.done_on > one.due_on,
            outcome=one.outcome,
            outcome_title=dict(OUTCOMES_OF_AN_ACTION).get(one.outcome, ""),
            done=one.done,
            done_on=one.done_on,
            done_by=names[one.done_by_id],
            may_complete=not one.outcome and (one.owner_id == viewer.pk or arranges),
        )
        for one in rows
    )


def _requests(cases: Sequence[int], now: datetime) -> Mapping[int, tuple[RequestLine, ...]]:
    """What agencies asked in some cases, read for all of them together."""
    if not cases:
        return {}
    which = f"""from casework_entry entry where entry.case_id in ({sql.marks(cases)})
        and entry.kind in ('request', 'request_completed', 'struck') order by entry.case_id, entry.sequence"""
    columns: sql.Columns = (Entry, "entry", (*rulings.Told._fields, "case_id"))
    of_cases: dict[int, list[Sequence[object]]] = {}
    for row in sql.select(which, list(cases), columns):
        of_cases.setdefault(row[-1], []).append(row[:-1])
    keys.warm(rulings.key_of(case_id) for case_id in of_cases)
    return {case_id: tuple(_of_case(rulings.told_of(case_id, rows), now)) for case_id, rows in of_cases.items()}


def _of_case(rows: Sequence[rulings.Told], now: datetime) -> Iterator[RequestLine]:
    standing = rulings.standing_rows(rows, now)
    done = {row.of_sequence: row for row in standing if row.kind == "request_completed"}
    for row in standing:
        if row.kind == "request":
            said, answer = row.payload["fields"], done.get(row.sequence)
            asked_by = str(said.get("from") or "")
            title = "The MARAC" if asked_by == MARAC else in_words(asked_by)
            yield RequestLine(
                row.sequence,
                title,
                str(said.get("asks") or ""),
                row.at,
                answer.at if answer else None,
                str(answer.payload["fields"].get("note") or "") if answer else "",
            )


# ── What comes next, and why ─────────────────────────────────────────────────────────────────────────────────────────


def _todo(
    viewer: Staff,
    coming: Sequence[MaracMeeting],
    before: Sequence[MaracMeeting],
    around: _Around,
    now: datetime,
) -> Iterator[TodoLine]:
    today, arranges = day_of(now), can(viewer, "marac:arrange")
    for meeting in coming:
        day = day_of(meeting.meets_at)
        heard = f"The MARAC of {meeting.area} meets on {_day(day)}"
        wanted = f"{heard}; what we know is wanted by {_day(meeting.returns_on)}."
        for row in around.listings.get(meeting.pk, []):
            state = _state(row)
            what = {"to_match": "match", "to_return": "return", "waits": "authorise"}.get(state)
            if what is None:
                continue
            reference = row.case.reference if row.case else ""
            titles = {
                "match": "Find out who it is that the list names",
                "return": f"Send the MARAC what we know of case {reference}",
                "authorise": f"What goes to the MARAC of case {reference} waits to be authorised",
            }
            late = meeting.returns_on < today
            yield TodoLine(
                what, titles[what], wanted, meeting.returns_on, late, meeting.pk, row.pk, reference, row.share_id
            )
    for meeting in (*coming, *before):
        day, seat = day_of(meeting.meets_at), seat_of(viewer.landlord_id, meeting.area)
        came = {one.came for one in around.attendance.get(meeting.pk, [])}
        if not arranges or meeting.cancelled_at is not None or day < today - SAY_WHO_CAME_FOR:
            continue
        if meeting.meets_at <= now and "came" not in came:
            title = f"Say who came to the MARAC of {meeting.area}"
            why = f"It met on {_day(day)}. Whoever came writes the minutes, and may read them."
            yield TodoLine("came", title, why, day, day < today, meeting.pk, None, "", None)
        elif meeting.meets_at > now and "goes" not in came:
            title = f"Say who goes to the MARAC of {meeting.area}"
            named = f"The policy names: {seat.who}." if seat.who else "The policy names nobody here: agree who goes."
            yield TodoLine("goes", title, f"It meets on {_day(day)}. {named}", day, False, meeting.pk, None, "", None)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)
