"""A team's duties, for managers: by person or desk, what is overdue and what is coming."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import CaseLine, Page, WorkLine


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One list of the team: a person's, or that of a role in a patch (or anywhere).

    `desk` is what to filter by. `people` are those who hold the role there: empty means that nobody does.
    """

    desk: str
    title: str
    people: tuple[str, ...]
    open: int
    overdue: int
    soonest: datetime | None


@dataclass(frozen=True, slots=True)
class TeamDuties:
    """The lists of the team, worst first, the duties of one of them or of all, and cases that nobody leads."""

    desks: tuple[DeskLine, ...]
    duties: Page[WorkLine]
    overdue: int
    without_lead: tuple[CaseLine, ...]


def team_duties(viewer: Staff, *, desk: str = "", overdue: bool = False, page: int = 1, now: datetime) -> TeamDuties:
    """This function will give the duties in the cases that the viewer may see; it needs `duties:team`."""
