"""Cases as lines of a list."""

from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet

from fanlight.casework import sql
from fanlight.casework.models import Case
from fanlight.casework.queries.lines import CaseLine

FIELDS = (
    *("reference", "status", "lead__name", "area", "patch", "about", "grade"),
    *("danger", "opened_at", "closed_at", "next_at", "next_is"),
)
# The same in plain SQL, where the case is `matter` and its lead `lead`.
COLUMNS: sql.Columns = (Case, "matter", tuple(name for name in FIELDS if name != "lead__name"))
LEAD = "left join casework_staff lead on lead.id = matter.lead_id"
SOONEST = (F("next_at").asc(nulls_last=True), "-pk")


def case_lines(cases: QuerySet[Case]) -> tuple[CaseLine, ...]:
    """This function will read cases as lines, in one query."""
    return tuple(case_line(row) for row in cases.values_list(*FIELDS))


def case_line(row: Iterable[object]) -> CaseLine:
    """This function will give the line of a row of FIELDS."""
    reference, status, lead, *rest = row
    return CaseLine(reference, status, lead or "", *rest)  # type: ignore[arg-type]  # the columns of FIELDS, in order


def case_line_of(row: Sequence[object], lead: object) -> CaseLine:
    """This function will give the line of a row of COLUMNS, and of the name of who leads the case."""
    reference, status, *rest = row
    return case_line((reference, status, lead, *rest))


def line_of(case: Case) -> CaseLine:
    """This function will give the line of a case that has been read already."""
    return CaseLine(
        reference=case.reference,
        status=case.status,
        lead=case.lead_name if case.lead_name is not None else (case.lead.name if case.lead else ""),
        area=case.area,
        patch=case.patch,
        about=case.about,
        grade=case.grade,
        danger=case.danger,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        next_at=case.next_at,
        next_is=case.next_is,
    )
