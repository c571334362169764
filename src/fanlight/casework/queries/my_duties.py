"""My duties: what lies on my desks, soonest first, over all cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from fanlight.casework import sql
from fanlight.casework.access import desks_of, roles_of
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import DutyDesk, Part, Staff
from fanlight.casework.queries.case_lines import COLUMNS, LEAD, case_line_of
from fanlight.casework.queries.duty_lines import work_lines
from fanlight.casework.queries.handovers import handovers_for
from fanlight.casework.queries.lines import CaseLine, HandoverLine, Page, WorkLine
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.triage_queue import WaitingReport, reports_to_triage, waiting_reports

PAGE = 50


@dataclass(frozen=True, slots=True)
class DutyFilters:
    """Which duties to show; empty shows all."""

    overdue: bool = False
    reference: str = ""
    row: str = ""
    force: str = ""


ALL = DutyFilters()

_NOT_NAMED = "not exists (select 1 from casework_part part where part.case_id = desk.case_id and part.staff_id = %s)"
_COUNTS = (
    "count(distinct desk.duty_id)",
    "count(distinct case when desk.soonest < %s then desk.duty_id end)",
    "exists (select 1 from casework_case where lead_id = %s and status = 'open' and next_is = 'look_again' and next_at <= %s)",
    "exists (select 1 from casework_referral where to_staff_id = %s and received_at is null)",
)


@dataclass(frozen=True, slots=True)
class MyDuties:
    """The page, and what else waits for me.

    `total` and `overdue` count all my open duties, whatever the filters; `duties.total` counts those shown by them.
    `look_again` are cases that I lead with nothing due, whose date to be looked at has come; `handovers` those
    that name me and are not acknowledged; `waiting_reports` new reports escalated to a role of mine.
    """

    duties: Page[WorkLine]
    total: int
    overdue: int
    look_again: tuple[CaseLine, ...]
    handovers: tuple[HandoverLine, ...]
    waiting_reports: tuple[WaitingReport, ...]


def my_duties(viewer: Staff, *, filters: DutyFilters = ALL, page: int = 1, now: datetime) -> MyDuties:
    """This function will give one page of the viewer's open duties, soonest first; those with no deadline come last."""
    desks = desks_of(viewer)
    total, overdue, to_look_again, handed_over = _counted(viewer, desks, now)
    shown = total if filters == ALL else _filtered(viewer, desks, filters, now)
    number, pages = page_number(page, shown, PAGE)
    ids = _soonest(viewer, desks, filters, number, now) if shown else ()
    return MyDuties(
        duties=Page(work_lines(viewer.landlord_id, ids, now), number, pages, shown),
        total=total,
        overdue=overdue,
        look_again=_look_again(viewer, now) if to_look_again else (),
        handovers=handovers_for(viewer, now) if handed_over else (),
        waiting_reports=_escalated(viewer, now),
    )


def count_of_my_duties(viewer: Staff, *, now: datetime) -> tuple[int, int]:
    """This function will give how many open duties the viewer has, and how many of them are overdue."""
    total, overdue, *_ = _counted(viewer, desks_of(viewer), now)
    return total, overdue


def _counted(viewer: Staff, desks: Sequence[str], now: datetime) -> tuple[int, int, bool, bool]:
    """This function will count the open duties on the desks, and those overdue, and say whether anything else may wait.

    It is one query: whether there is a case to look at again, and a hand-over, is read beside the numbers, so that
    the lists of them, which are mostly empty, are not asked for in vain.
    """
    which = f"from casework_dutydesk desk where desk.desk in ({sql.marks(desks)}) and {_NOT_NAMED}"
    values = [now, viewer.pk, now, viewer.pk, *desks, viewer.pk]
    total, overdue, look_again, handed_over = sql.select(which, values, also=_COUNTS)[0]
    return total, overdue, bool(look_again), bool(handed_over)


def cases_naming(viewer: Staff) -> QuerySet[Part, int]:
    """This function will give the ids of the cases in which somebody is named."""
    return Part.objects.filter(staff=viewer).values_list("case_id", flat=True)


def _filtered(viewer: Staff, desks: Sequence[str], filters: DutyFilters, now: datetime) -> int:
    on_desk = DutyDesk.objects.filter(desk__in=desks).exclude(case_id__in=cases_naming(viewer))
    if filters.overdue:
        on_desk = on_desk.filter(soonest__lt=now)
    if filters.row:
        on_desk = on_desk.filter(duty__row=filters.row)
    if filters.force:
        on_desk = on_desk.filter(duty__force=filters.force)
    if filters.reference.strip():
        on_desk = on_desk.filter(case__reference__contains=filters.reference.strip().upper())
    return on_desk.aggregate(count=Count("duty_id", distinct=True))["count"]


def _soonest(viewer: Staff, desks: Sequence[str], filters: DutyFilters, number: int, now: datetime) -> tuple[int, ...]:
    """This function will give the ids of one page of duties: a short read of the index for each desk, then merged.

    What it costs depends on the number of desks and the page, and on nothing else.
    """
    joined, conditions, values = _conditions(filters, now)
    one = f"""
        select * from (
            select desk.soonest, desk.duty_id
            from casework_dutydesk desk {joined}
            where desk.desk = %s and {_NOT_NAMED} {conditions}
            order by desk.soonest, desk.duty_id limit %s
        ) as one"""  # noqa: S608 - it holds no value: every one is a parameter
    whole = " union ".join([one] * len(desks))
    parameters: list[Any] = []
    for desk in desks:
        parameters.extend((desk, viewer.pk, *values, number * PAGE))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select duty_id from ({whole}) as merged order by soonest, duty_id limit %s offset %s",  # noqa: S608 - as above
            [*parameters, PAGE, (number - 1) * PAGE],
        )
        return tuple(row[0] for row in cursor.fetchall())


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
        values.append(connection.ops.adapt_datetimefield_value(now))
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


def _look_again(viewer: Staff, now: datetime) -> tuple[CaseLine, ...]:
    """Cases that the viewer leads and sees, in which nothing is due, and whose day to be looked at again has come.

    A case that they lead is theirs to see through any role that sees cases of its kind, whatever the scope.
    """
    which = f"""from casework_case matter {LEAD}
        where matter.lead_id = %s and matter.status = 'open' and matter.next_is = 'look_again' and matter.next_at <= %s
        and not exists (select 1 from casework_part part where part.case_id = matter.id and part.staff_id = %s)
        order by matter.next_at, matter.id limit %s"""  # noqa: S608 - every value is a parameter
    rows = sql.select(which, [viewer.pk, now, viewer.pk, PAGE], COLUMNS, also=("lead.name",))
    lines = (case_line_of(row[:-1], row[-1]) for row in rows)
    roles = roles_of(viewer)
    return tuple(line for line in lines if any(role.sees(line.about) for role in roles))


def _escalated(viewer: Staff, now: datetime) -> tuple[WaitingReport, ...]:
    """New reports that have waited too long, for those to whom the landlord says that they escalate."""
    escalates_to = settings_of(viewer.landlord_id).escalates_to
    if not any(held.role in escalates_to for held in roles_of(viewer)):
        return ()
    return waiting_reports(reports_to_triage(viewer).filter(next_at__lt=now)[:PAGE], now)
