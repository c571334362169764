"""My duties: what lies on my desks, soonest first, over all cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet

from fanlight.casework.access import desks_of, roles_of, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import DutyDesk, Part, Staff
from fanlight.casework.queries.case_lines import case_lines
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
    on_desk = DutyDesk.objects.filter(desk__in=desks).exclude(case_id__in=cases_naming(viewer))
    counts = on_desk.aggregate(
        total=Count("duty_id", distinct=True), overdue=Count("duty_id", distinct=True, filter=Q(soonest__lt=now))
    )
    shown = counts["total"] if filters == ALL else _filtered(on_desk, filters, now)
    number, pages = page_number(page, shown, PAGE)
    ids = _soonest(viewer, desks, filters, number, now) if shown else ()
    return MyDuties(
        duties=Page(work_lines(viewer.landlord_id, ids, now), number, pages, shown),
        total=counts["total"],
        overdue=counts["overdue"],
        look_again=_look_again(viewer, now),
        handovers=handovers_for(viewer, now),
        waiting_reports=_escalated(viewer, now),
    )


def count_of_my_duties(viewer: Staff, *, now: datetime) -> tuple[int, int]:
    """This function will give how many open duties the viewer has, and how many of them are overdue."""
    on_desk = DutyDesk.objects.filter(desk__in=desks_of(viewer)).exclude(case_id__in=cases_naming(viewer))
    counts = on_desk.aggregate(
        total=Count("duty_id", distinct=True), overdue=Count("duty_id", distinct=True, filter=Q(soonest__lt=now))
    )
    return counts["total"], counts["overdue"]


def cases_naming(viewer: Staff) -> QuerySet[Part, int]:
    """This function will give the ids of the cases in which somebody is named."""
    return Part.objects.filter(staff=viewer).values_list("case_id", flat=True)


def _filtered(on_desk: QuerySet[DutyDesk], filters: DutyFilters, now: datetime) -> int:
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
    conditions, values = _conditions(filters, now)
    one = f"""
        select * from (
            select desk.soonest, desk.duty_id
            from casework_dutydesk desk
            join casework_duty duty on duty.id = desk.duty_id
            join casework_case matter on matter.id = desk.case_id
            where desk.desk = %s
            and not exists (select 1 from casework_part part where part.case_id = desk.case_id and part.staff_id = %s)
            {conditions}
            order by desk.soonest, desk.duty_id limit %s
        ) as one"""  # noqa: S608 - it holds no value: every one is a parameter
    whole = " union ".join([one] * len(desks))
    parameters: list[object] = []
    for desk in desks:
        parameters.extend((desk, viewer.pk, *values, number * PAGE))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select duty_id from ({whole}) as merged order by soonest, duty_id limit %s offset %s",  # noqa: S608 - as above
            [*parameters, PAGE, (number - 1) * PAGE],
        )
        return tuple(row[0] for row in cursor.fetchall())


def _conditions(filters: DutyFilters, now: datetime) -> tuple[str, list[object]]:
    said: list[str] = []
    values: list[object] = []
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
    return " ".join(said), values


def _look_again(viewer: Staff, now: datetime) -> tuple[CaseLine, ...]:
    """Cases that the viewer leads, in which nothing is due, and whose day to be looked at again has come."""
    cases = visible_cases(viewer).filter(lead=viewer, status="open", next_is="look_again", next_at__lte=now)
    return case_lines(cases.order_by("next_at", "pk")[:PAGE])


def _escalated(viewer: Staff, now: datetime) -> tuple[WaitingReport, ...]:
    """New reports that have waited too long, for those to whom the landlord says that they escalate."""
    escalates_to = settings_of(viewer.landlord_id).escalates_to
    if not any(held.role in escalates_to for held in roles_of(viewer)):
        return ()
    return waiting_reports(reports_to_triage(viewer).filter(next_at__lt=now)[:PAGE], now)
