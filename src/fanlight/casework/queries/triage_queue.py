"""New reports, danger first, then by how long they have waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import Page


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A new report. `escalated` is true when it has waited past `deadline`."""

    reference: str
    at: datetime
    waiting: timedelta
    deadline: datetime
    escalated: bool
    danger: bool
    about: str
    area: str
    patch: str
    source: str
    channel: str


@dataclass(frozen=True, slots=True)
class TriageQueue:
    """A page of the new reports; to whom those that wait too long are escalated, in titles; how many are."""

    reports: Page[WaitingReport]
    escalates_after: timedelta
    escalates_to: tuple[str, ...]
    escalated: int


def triage_queue(viewer: Staff, *, page: int = 1, now: datetime) -> TriageQueue:
    """This function will give the new reports that the viewer may triage; Refused for one who triages none."""
