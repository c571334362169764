"""The first page after sign-in: what there is for this person, with its numbers."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.access import permissions_of, roles_of
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.find_people import may_find
from fanlight.casework.queries.handovers import handovers_for
from fanlight.casework.queries.my_duties import count_of_my_duties
from fanlight.casework.queries.triage_queue import reports_to_triage
from fanlight.casework.queries.words import role_titles


@dataclass(frozen=True, slots=True)
class Home:
    """Who it is, which parts of the product are theirs, and what waits.

    A number is None where the part is not theirs. `sections` holds any of: report, duties, triage, team,
    cases, handovers, address, moves, marac, marac-figures, policy, figures, staff, emergency, emergencies, find, log, retention.
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
    landlord = settings_of(viewer.landlord_id)
    theirs = sections(viewer)
    duties, overdue = count_of_my_duties(viewer, now=now) if "duties" in theirs else (None, None)
    reports = reports_to_triage(viewer, now) if "triage" in theirs else None
    return Home(
        name=viewer.name,
        landlord=landlord.name,
        roles=role_titles(landlord.id, [held.role for held in roles_of(viewer)]),
        sections=theirs,
        duties=duties,
        overdue=overdue,
        waiting_reports=reports.count() if reports is not None else None,
        escalated_reports=reports.filter(next_at__lt=now).count() if reports is not None else None,
        handovers_for_me=len(handovers_for(viewer, now)) if "handovers" in theirs else None,
    )


def sections(viewer: Staff) -> frozenset[str]:
    """This function will give the parts of the product that are the viewer's: what the navigation shows."""
    may = permissions_of(viewer)
    sees = not may.isdisjoint(("case:see", "colleague_case:see"))
    shown = {
        "report": "report:make" in may,
        "duties": sees,
        "triage": "report:triage" in may,
        "team": "duties:team" in may,
        "cases": sees,
        "handovers": sees,
        "referrals": sees,
        "directory": sees or "directory:keep" in may,
        "address": "address:check" in may,
        "marac": "marac:see" in may,
        "marac-figures": "figures:see" in may and "marac:see" not in may,
        "moves": "address:authorise" in may,
        "shares": not may.isdisjoint(("share:authorise", "shares:see", "agreements:keep")),
        "policy": "policy:see" in may,
        "figures": "figures:see" in may,
        "staff": not may.isdisjoint(("staff:administer", "staff:approve")),
        "emergency": "emergency:use" in may,
        "emergencies": "emergency:review" in may,
        "retention": "retention:see" in may,
        "find": may_find(viewer),
        "register": "register:see" in may,
        "log": "audit:see" in may,
    }
    return frozenset(section for section, is_shown in shown.items() if is_shown)
