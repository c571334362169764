"""Cases as lines of a list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from fanlight.casework import sql
from fanlight.casework.models import Case, names_of
from fanlight.casework.queries.lines import CaseLine

FIELDS = (
    *("reference", "status", "lead_id", "area", "patch", "about", "grade"),
    *("danger", "opened_at", "closed_at", "next_at", "next_is"),
)
# The same in plain SQL, where the case is `matter`.
COLUMNS: sql.Columns = (Case, "matter", FIELDS)
_LEAD = FIELDS.index("lead_id")
SOONEST = (F("next_at").asc(nulls_last=True), "-pk")


def case_lines(cases: QuerySet[Case]) -> tuple[CaseLine, ...]:
    """This function will read cases as lines, in two queries."""
    return lines_of(list(cases.values_list(*FIELDS)))


def lines_of(rows: Sequence[Sequence[Any]]) -> tuple[CaseLine, ...]:
    """This function will give the lines of rows of FIELDS, with the names of those who lead the cases, in one query."""
    names = names_of(row[_LEAD] for row in rows)
    return tuple(CaseLine(*[*row[:_LEAD], names[row[_LEAD]], *row[_LEAD + 1 :]]) for row in rows)


def lead_of(case: Case) -> str:
    """This function will give the name of whoever leads a case, or nothing."""
    return names_of([case.lead_id])[case.lead_id]


def line_of(case: Case, lead: str) -> CaseLine:
    """This function will give the line of a case that has been read already, and of the name of its lead."""
    return CaseLine(
        reference=case.reference,
        status=case.status,
        lead=lead,
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
