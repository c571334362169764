"""My duties: what lies on my desks, soonest first, over all cases."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import CaseLine, HandoverLine, Page, WorkLine
from fanlight.casework.queries.triage_queue import WaitingReport

PAGE = 50


@dataclass(frozen=True, slots=True)
class DutyFilters:
    """Which duties to show; empty shows all."""

    overdue: bool = False
    reference: str = ""
    row: str = ""
    force: str = ""


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


def my_duties(viewer: Staff, *, filters: DutyFilters = DutyFilters(), page: int = 1, now: datetime) -> MyDuties:
    """This function will give one page of the viewer's open duties, soonest first; those with no deadline come last."""
