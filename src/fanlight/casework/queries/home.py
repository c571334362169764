"""The first page after sign-in: what there is for this person, with its numbers."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff


@dataclass(frozen=True, slots=True)
class Home:
    """Who it is, which parts of the product are theirs, and what waits.

    A number is None where the part is not theirs. `sections` holds any of: report, duties, triage, team,
    cases, handovers, policy, figures, staff.
    """

    name: str
    landlord: str
    roles: tuple[str, ...]
    sections: frozenset[str]
    duties: int | None
    overdue: int | None
    waiting_reports: int | None
    escalated_reports: int | None
    handovers_for_me: int | None


def home(viewer: Staff, *, now: datetime) -> Home:
    """This function will give the first page."""


def sections(viewer: Staff) -> frozenset[str]:
    """This function will give the parts of the product that are the viewer's: what the navigation shows."""
