"""The list of cases."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import CaseLine, Page


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


def cases(viewer: Staff, *, filters: CaseFilters = CaseFilters(), page: int = 1, now: datetime) -> Cases:
    """This function will give one page of the cases that the viewer may see."""
