"""The list of cases."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.access import visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.case_lines import SOONEST, case_lines
from fanlight.casework.queries.lines import CaseLine, Page
from fanlight.casework.queries.paging import page_number


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """Which cases to show; empty shows all. `lead` is `me`, `nobody` or empty; `reference` may be part of one."""

    status: str = ""
    reference: str = ""
    patch: str = ""
    grade: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Cases:
    """A page of the cases that the viewer may see, soonest next date first, and the patches to filter by."""

    cases: Page[CaseLine]
    patches: tuple[str, ...]


PAGE = 50
ALL = CaseFilters()


def cases(viewer: Staff, *, filters: CaseFilters = ALL, page: int = 1, now: datetime) -> Cases:
    """This function will give one page of the cases that the viewer may see."""
    found = visible_cases(viewer, now=now)
    for name in ("status", "patch", "grade"):
        if wanted := getattr(filters, name):
            found = found.filter(**{name: wanted})
    if filters.lead == "me":
        found = found.filter(lead=viewer)
    elif filters.lead == "nobody":
        found = found.filter(lead=None)
    if wanted := filters.reference.strip().upper():
        found = found.filter(reference__contains=wanted)
    total = found.count()
    number, pages = page_number(page, total, PAGE)
    lines = case_lines(found.order_by(*SOONEST)[(number - 1) * PAGE : number * PAGE])
    return Cases(Page(lines, number, pages, total), settings_of(viewer.landlord_id).patches)
