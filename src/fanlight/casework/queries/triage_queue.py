"""New reports, danger first, then by how long they have waited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from fanlight.casework import rulings
from fanlight.casework.access import demand, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.lines import Page
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.words import answer_in_words, role_titles
from fanlight.policy.vocabulary import ENTRY_KINDS, VERSION_1

PAGE = 50


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
    demand(viewer, "report:triage")
    new = reports_to_triage(viewer, now)
    total = new.count()
    number, pages = page_number(page, total, PAGE)
    landlord = settings_of(viewer.landlord_id)
    reports = waiting_reports(new[(number - 1) * PAGE : number * PAGE], now)
    return TriageQueue(
        reports=Page(reports, number, pages, total),
        escalates_after=landlord.triage_escalates_after,
        escalates_to=role_titles(landlord.id, landlord.escalates_to),
        escalated=new.filter(next_at__lt=now).count(),
    )


def reports_to_triage(viewer: Staff, now: datetime) -> QuerySet[Case]:
    """This function will give the new reports that somebody may triage: danger first, then the longest waiting."""
    return visible_cases(viewer, "report:triage", now=now).filter(status="new").order_by("-danger", "next_at", "pk")


def waiting_reports(cases: QuerySet[Case], now: datetime) -> tuple[WaitingReport, ...]:
    """This function will read new reports as lines, in a few queries."""
    found = list(cases)
    said = rulings.first_reports([case.pk for case in found])
    return tuple(_waiting(case, said.get(case.pk, {}), now) for case in found)


def _waiting(case: Case, fields: Mapping[str, str], now: datetime) -> WaitingReport:
    at, deadline = case.opened_at or now, case.next_at or now
    return WaitingReport(
        reference=case.reference,
        at=at,
        waiting=now - at,
        deadline=deadline,
        escalated=now > deadline,
        danger=case.danger,
        about=case.about,
        area=case.area,
        patch=case.patch,
        source=_title("source", fields),
        channel=_title("channel", fields),
    )


def _title(name: str, fields: Mapping[str, str]) -> str:
    return answer_in_words(ENTRY_KINDS["report"].fields[name], fields[name], VERSION_1) if name in fields else ""
