"""One new report, with what triage needs to decide: who may take it, and the cases it might belong to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import AdviceLine, CaseLine, Colleague, DutyLine, PartLine, StoryLine


@dataclass(frozen=True, slots=True)
class TriageReport:
    """The report in words, the duties that already run, and the choices.

    `outcomes` are those for opening a case, `redirects` those for sending it elsewhere, both (word, title);
    `redirect_to` are the services and roles it may go to, (word, title). `candidates` are open cases that the
    viewer may see: those found by `search` (part of a reference), else the latest of the same patch.
    """

    reference: str
    report: StoryLine
    others: tuple[StoryLine, ...]
    people: tuple[PartLine, ...]
    danger: bool
    about: str
    deadline: datetime
    waiting: timedelta
    escalated: bool
    duties: tuple[DutyLine, ...]
    advice: tuple[AdviceLine, ...]
    outcomes: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str], ...]
    redirect_to: tuple[tuple[str, str], ...]
    officers: tuple[Colleague, ...]
    candidates: tuple[CaseLine, ...]
    last_sequence: int


def triage_report(viewer: Staff, reference: str, *, search: str = "", now: datetime) -> TriageReport:
    """This function will give a report in status new that the viewer may triage, and NotFound for any other."""
