"""My duties: what lies on my desks, soonest first, over all cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from fanlight.casework import keys, sql
from fanlight.casework.access import (
    away,
    desks_of,
    is_without_a_lead,
    kept_from,
    may_review_emergencies,
    roles_of,
)
from fanlight.casework.keys import Subject
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import PlanItem, Staff
from fanlight.casework.models.plans import OWNERS
from fanlight.casework.queries.case_lines import COLUMNS, lines_of
from fanlight.casework.queries.duty_lines import work_lines
from fanlight.casework.queries.emergencies import count_to_review
from fanlight.casework.queries.handovers import handovers_for
from fanlight.casework.queries.lines import CaseLine, HandoverLine, Page, WorkLine
from fanlight.casework.queries.moving import count_to_authorise
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.sameness import count_compared
from fanlight.casework.queries.triage_queue import WaitingReport, reports_to_triage, waiting_reports
from fanlight.present import day_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class DutyFilters:
    """Which duties to show; empty shows all."""

    overdue: bool = False
    reference: str = ""
    row: str = ""
    force: str = ""


ALL = DutyFilters()

_NOT_KEPT = f"not {kept_from('desk.case_id')}"
_COUNTS = (
    "count(distinct desk.duty_id)",
    "count(distinct case when desk.soonest < %s then desk.duty_id end)",
)
_TO_LOOK_AT_AGAIN = (
    "exists (select 1 from casework_case where lead_id in ({leads})"
    " and status = 'open' and next_is = 'look_again' and next_at <= %s)"
)
_HANDED_OVER = "exists (select 1 from casework_referral where to_staff_id = %s and received_at is null)"
_TO_REVIEW = (
    "exists (select 1 from casework_emergencyaccess where landlord_id = %s and reviewed_at is null and staff_id <> %s)"
)
_MARKERS = f"""(select count(*) from casework_marker marker left join casework_case matter on matter.id = marker.case_id
    where marker.landlord_id = %s and marker.ended_at is null and marker.review_on <= %s and marker.until >= %s
    and (matter.lead_id in ({{leads}}) or marker.case_id is null and marker.by_id = %s)
    and not {kept_from("marker.case_id")})"""  # noqa: S608 - columns and places for parameters alone
_PLAN_ITEMS = f"""from casework_planitem item join casework_case matter on matter.id = item.case_id
    where item.waits and item.due < %s and matter.lead_id in ({{leads}}) and matter.status = 'open'
    and not {kept_from("matter.id")}"""
_GO_BACK = f"""from casework_case matter where matter.goes_back_since is not null and matter.landlord_id = %s
    and matter.lead_id in ({{leads}}) and matter.status = 'open' and not {kept_from("matter.id")}"""
_TO_COMPARE = (
    "exists (select 1 from casework_perhapssame same join casework_part part on part.id = same.part_id"
    " join casework_case matter on matter.id = part.case_id"
    " where same.landlord_id = %s and same.settled_at is null and matter.lead_id in ({leads}))"
)


class _Seat(NamedTuple):
    """The desks of the viewer, or of somebody for whom the viewer stands in; and what must hold of a duty there."""

    staff_id: int
    desks: tuple[str, ...]
    holds: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class PlanItemLine:
    """An item of an action plan whose day is past, and of which nobody has said that it is done or not needed; `does` is who does it."""

    reference: str
    plan: int
    number: int
    what: str
    does: str
    due: date


@dataclass(frozen=True, slots=True)
class MyDuties:
    """The page, and what else waits for me.

    `total` and `overdue` count all my open duties, whatever the filters; `duties.total` counts those shown by them.
    `look_again` are cases that I lead with nothing due, whose date to be looked at has come; `handovers` those
    that name me and are not acknowledged; `waiting_reports` new reports escalated to a role of mine;
    `emergencies` how many cases opened in an emergency wait for my review; `markers` how many markers are to be looked at again;
    `to_compare` how many people in my cases are like somebody in another; `stands_in_for` for whom I stand in now.
    """

    duties: Page[WorkLine]
    total: int
    overdue: int
    look_again: tuple[CaseLine, ...]
    handovers: tuple[HandoverLine, ...]
    waiting_reports: tuple[WaitingReport, ...]
    emergencies: int
    markers: int
    moves: int
    """How many moves, and addresses that need be protected no longer, wait for the viewer to decide."""
    to_compare: int
    plan_items_late: int
    plan_items: tuple[PlanItemLine, ...]
    """Of action plans in cases that I lead: how many items are past their day, and those that have waited longest."""
    go_back: tuple[str, ...]
    """The cases that I lead in which abuse since the referral goes back to the MARAC, the longest first."""
    stands_in_for: tuple[str, ...]


def my_duties(viewer: Staff, *, filters: DutyFilters = ALL, page: int = 1, now: datetime) -> MyDuties:
    """This function will give one page of the viewer's open duties, soonest first; those with no deadline come last."""
    seats = _seats(viewer, now)
    counted = _counted(viewer, seats, now)
    shown = counted.total if filters == ALL else _filtered(seats, filters, now)
    number, pages = page_number(page, shown, PAGE)
    ids = _soonest(seats, filters, number, now) if shown else ()
    return MyDuties(
        duties=Page(work_lines(viewer.landlord_id, ids, now), number, pages, shown),
        total=counted.total,
        overdue=counted.overdue,
        look_again=_look_again(viewer, seats, now) if counted.look_again else (),
        handovers=handovers_for(viewer, now) if counted.handed_over else (),
        waiting_reports=_escalated(viewer, now),
        emergencies=count_to_review(viewer, now=now) if counted.to_review else 0,
        markers=counted.markers,
        moves=count_to_authorise(viewer, now=now),
        to_compare=count_compared(viewer, now=now) if counted.to_compare else 0,
        plan_items_late=counted.plan_items,
        plan_items=_plan_items(viewer, seats, now) if counted.plan_items else (),
        go_back=_that_go_back(viewer, seats) if counted.go_back else (),
        stands_in_for=tuple(one.name for one in Staff.objects.filter(pk__in=[seat.staff_id for seat in seats[1:]]))
        if seats[1:]
        else (),
    )


def count_of_my_duties(viewer: Staff, *, now: datetime) -> tuple[int, int]:
    """This function will give how many open duties the viewer has, and how many of them are overdue."""
    counted = _counted(viewer, _seats(viewer, now), now)
    return counted.total, counted.overdue


def _seats(viewer: Staff, now: datetime) -> tuple[_Seat, ...]:
    """This function will give the viewer's own desks first, then those of colleagues for whom the viewer stands in.

    There, a duty is shown only where the viewer's own roles see cases of its kind, and where the colleague may see it too.
    """
    own = desks_of(viewer)
    seats = [_Seat(viewer.pk, own, _NOT_KEPT, (viewer.pk, viewer.pk))]
    kinds = _kinds(viewer)
    for one in away(viewer, now):
        holds = f"{_NOT_KEPT} and {_NOT_KEPT} and {_of_kinds('desk.case_id', kinds)}"
        values = (viewer.pk, viewer.pk, one.staff_id, one.staff_id, *kinds)
        seats.append(_Seat(one.staff_id, tuple(desk for desk in one.desks if desk not in own), holds, values))
    return tuple(seats)


def _kinds(viewer: Staff) -> tuple[bool, ...]:
    """Whether the viewer's roles see cases that are not restricted, and those that are."""
    roles = roles_of(viewer)
    return tuple(restricted for restricted in (False, True) if any(role.sees(restricted) for role in roles))


def _of_kinds(case: str, kinds: tuple[bool, ...]) -> str:
    if not kinds:
        return "1 = 0"
    return (
        f"exists (select 1 from casework_case kind where kind.id = {case} and kind.restricted in ({sql.marks(kinds)}))"  # noqa: S608 - a column and places for parameters alone
    )


class _Counted(NamedTuple):
    """How many duties there are, and what else may wait: each as the columns of the one query have it, in their order."""

    total: int
    overdue: int
    look_again: bool
    handed_over: bool
    to_review: bool
    to_compare: bool
    markers: int
    plan_items: int
    go_back: int


def _counted(viewer: Staff, seats: Sequence[_Seat], now: datetime) -> _Counted:
    """This function will count the open duties on the desks, and those overdue, and say whether anything else may wait.

    It is one query: whether there is a case to look at again, a hand-over, an emergency, is read beside the numbers, so that
    the lists of them, which are mostly empty, are not asked for in vain.
    """
    where, there = _at(seats)
    leads = [seat.staff_id for seat in seats]
    reviews = may_review_emergencies(viewer)
    to_review = _TO_REVIEW if reviews else "1 = 0"
    leading = sql.marks(leads)
    asked = (
        *_COUNTS,
        _TO_LOOK_AT_AGAIN.format(leads=leading),
        _HANDED_OVER,
        to_review,
        _TO_COMPARE.format(leads=leading),
        _MARKERS.format(leads=leading),
        f"(select count(*) {_PLAN_ITEMS.format(leads=leading)})",
        f"(select count(*) {_GO_BACK.format(leads=leading)})",
    )
    today = day_of(now).isoformat()
    compare = [viewer.landlord_id, *leads]
    due = [viewer.landlord_id, today, today, *leads, viewer.pk, viewer.pk, viewer.pk]
    values = [
        now,
        *leads,
        now,
        viewer.pk,
        *((viewer.landlord_id, viewer.pk) if reviews else ()),
        *compare,
        *due,
        *_of_plan_items(viewer, leads, now),
        *_of_those_that_go_back(viewer, leads),
        *there,
    ]
    return _Counted(*sql.select(f"from casework_dutydesk desk where {where}", values, also=asked)[0])


def _of_those_that_go_back(viewer: Staff, leads: Sequence[int]) -> tuple[object, ...]:
    return viewer.landlord_id, *leads, viewer.pk, viewer.pk


def _of_plan_items(viewer: Staff, leads: Sequence[int], now: datetime) -> tuple[object, ...]:
    return day_of(now).isoformat(), *leads, viewer.pk, viewer.pk


def _at(seats: Sequence[_Seat]) -> tuple[str, list[object]]:
    """This function will give, in SQL, that a row lies on one of the desks and holds what it must there, and the values."""
    said = " or ".join(f"desk.desk in ({sql.marks(seat.desks)}) and {seat.holds}" for seat in seats if seat.desks)
    return f"({said})", [value for seat in seats if seat.desks for value in (*seat.desks, *seat.values)]


def _filtered(seats: Sequence[_Seat], filters: DutyFilters, now: datetime) -> int:
    where, there = _at(seats)
    joined, conditions, values = _conditions(filters, now)
    tail = f"from casework_dutydesk desk {joined} where {where} {conditions}"
    return int(sql.select(tail, [*there, *values], also=_COUNTS[:1])[0][0])


def _soonest(seats: Sequence[_Seat], filters: DutyFilters, number: int, now: datetime) -> tuple[int, ...]:
    """This function will give the ids of one page of duties: a short read of the index for each desk, then merged.

    What it costs depends on the number of desks and the page, and on nothing else.
    """
    joined, conditions, values = _conditions(filters, now)
    reads: list[str] = []
    parameters: list[Any] = []
    for seat in seats:
        for desk in seat.desks:
            reads.append(
                f"""
                select * from (
                    select desk.soonest, desk.duty_id
                    from casework_dutydesk desk {joined}
                    where desk.desk = %s and {seat.holds} {conditions}
                    order by desk.soonest, desk.duty_id limit %s
                ) as one"""  # noqa: S608 - it holds no value: every one is a parameter
            )
            parameters.extend((desk, *seat.values, *values, number * PAGE))
    rows = sql.carry_out(
        f"select duty_id from ({' union '.join(reads)}) as merged order by soonest, duty_id limit %s offset %s",  # noqa: S608 - as above
        [*parameters, PAGE, (number - 1) * PAGE],
    )
    return tuple(duty_id for (duty_id,) in rows)


def _conditions(filters: DutyFilters, now: datetime) -> tuple[str, str, list[Any]]:
    """This function will give the tables that the filters look into, what they ask, and its values."""
    joined: list[str] = []
    said: list[str] = []
    values: list[Any] = []
    if filters.row or filters.force:
        joined.append("join casework_duty duty on duty.id = desk.duty_id")
    if filters.reference.strip():
        joined.append("join casework_case matter on matter.id = desk.case_id")
    if filters.overdue:
        said.append("and desk.soonest < %s")
        values.append(now)
    if filters.row:
        said.append("and duty.row = %s")
        values.append(filters.row)
    if filters.force:
        said.append("and duty.force = %s")
        values.append(filters.force)
    if wanted := filters.reference.strip().upper():
        said.append("and matter.reference like %s escape '!'")
        escaped = wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        values.append(f"%{escaped}%")
    return " ".join(joined), " ".join(said), values


def _look_again(viewer: Staff, seats: Sequence[_Seat], now: datetime) -> tuple[CaseLine, ...]:
    """Cases that the viewer leads, or that somebody leads who is away, in which nothing is due, and whose day has come.

    A case that they lead is theirs to see through any role that sees cases of its kind, whatever the scope.
    """
    leads, kinds = [seat.staff_id for seat in seats], _kinds(viewer)
    which = f"""from casework_case matter
        where matter.lead_id in ({sql.marks(leads)}) and matter.status = 'open' and matter.next_is = 'look_again'
        and matter.next_at <= %s and not {kept_from("matter.id")} and not {kept_from("matter.id", "matter.lead_id")}
        and {_of_kinds("matter.id", kinds)} order by matter.next_at, matter.id limit %s"""
    rows = sql.select(which, [*leads, now, viewer.pk, viewer.pk, *kinds, PAGE], COLUMNS)
    return lines_of(rows)


def _plan_items(viewer: Staff, seats: Sequence[_Seat], now: datetime) -> tuple[PlanItemLine, ...]:
    """The items that have waited longest; a case that somebody leads is theirs to see, as above."""
    leads = [seat.staff_id for seat in seats]
    which = f"{_PLAN_ITEMS.format(leads=sql.marks(leads))} order by item.due, item.id limit %s"
    rows = sql.select(which, [*_of_plan_items(viewer, leads, now), PLAN_ITEMS], _ITEM, also=("matter.reference",))
    keys.warm(Subject("case", str(row[_CASE_OF])) for row in rows)
    lines = []
    for *said, reference in rows:
        item = PlanItem(**dict(zip(_ITEM[2], said, strict=True)))
        does = f"{_OWNERS[item.owner]}: {item.who}" if item.who else _OWNERS[item.owner]
        if item.due is not None:
            lines.append(PlanItemLine(reference, item.plan_id, item.number, item.what, does, item.due))
    return tuple(lines)


def _that_go_back(viewer: Staff, seats: Sequence[_Seat]) -> tuple[str, ...]:
    leads = [seat.staff_id for seat in seats]
    which = f"{_GO_BACK.format(leads=sql.marks(leads))} order by matter.goes_back_since, matter.id limit %s"
    rows = sql.select(which, [*_of_those_that_go_back(viewer, leads), PAGE], also=("matter.reference",))
    return tuple(reference for (reference,) in rows)


PLAN_ITEMS = 10
"""How many are shown at most."""
_ITEM: sql.Columns = (
    PlanItem,
    "item",
    ("case_id", "plan_id", "number", "mark", "sealed_what", "owner", "sealed_who", "due"),
)
_CASE_OF = _ITEM[2].index("case_id")
_OWNERS = dict(OWNERS)


def _escalated(viewer: Staff, now: datetime) -> tuple[WaitingReport, ...]:
    """New reports that have waited too long, for those to whom the landlord says that they escalate.

    Where none of those may see a report, it waits at once for the roles that have it instead.
    """
    landlord = settings_of(viewer.landlord_id)
    roles = {held.role for held in roles_of(viewer)}
    if not roles.isdisjoint(landlord.escalates_to):
        return waiting_reports(reports_to_triage(viewer, now).filter(next_at__lt=now)[:PAGE], now)
    if not roles.isdisjoint(landlord.when_the_lead_is_named):
        return waiting_reports(reports_to_triage(viewer, now).filter(is_without_a_lead(landlord.id))[:PAGE], now)
    return ()
