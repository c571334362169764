"""Cases that were opened in an emergency: what is open to the viewer now, and what waits for a review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fanlight.casework.access import NotFound, Refused, demand, may_review_emergencies, visible_cases
from fanlight.casework.models import EmergencyAccess, Staff
from fanlight.casework.models.reach import OUTCOMES_OF_REVIEW, PURPOSES

RECENT = 20


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """A case was opened in an emergency: by whom, why, until when, and what a review said. `number` names it."""

    number: int
    reference: str
    by: str
    purpose: str
    reason: str
    at: datetime
    until: datetime
    outcome: str
    review: str
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Emergencies:
    """What waits for a review, oldest first, and what was reviewed lately."""

    waiting: tuple[EmergencyLine, ...]
    reviewed: tuple[EmergencyLine, ...]


def open_to(viewer: Staff, *, now: datetime) -> tuple[EmergencyLine, ...]:
    """This function will list what the viewer has open in an emergency. Raises Refused for one who may never open anything so."""
    demand(viewer, "emergency:use")
    seen = visible_cases(viewer, now=now)
    return _lines(
        EmergencyAccess.objects.filter(staff=viewer, at__lte=now, until__gt=now, case__in=seen).order_by("until")
    )


def emergencies(viewer: Staff, *, now: datetime) -> Emergencies:
    """This function will give what the viewer may review, of cases that the viewer sees. Raises Refused."""
    if not may_review_emergencies(viewer):
        demand(viewer, "emergency:review")
    theirs = _theirs(viewer, now)
    return Emergencies(
        waiting=_lines(theirs.filter(reviewed_at=None).exclude(staff=viewer).order_by("at", "pk")),
        reviewed=_lines(theirs.filter(reviewed_at__isnull=False).order_by("-reviewed_at", "-pk")[:RECENT]),
    )


def emergency(viewer: Staff, number: int, *, now: datetime) -> EmergencyLine:
    """This function will give one that waits for a review. Raises NotFound; Refused for what the viewer opened."""
    row = _theirs(viewer, now).filter(pk=number, reviewed_at=None).first() if may_review_emergencies(viewer) else None
    if row is None:
        raise NotFound
    if row.staff_id == viewer.pk:
        raise Refused("Somebody else looks at what you opened.")
    return _lines([row])[0]


def count_to_review(viewer: Staff, *, now: datetime) -> int:
    """This function will count what waits for the viewer's review; nothing, where they review none."""
    if not may_review_emergencies(viewer):
        return 0
    return _theirs(viewer, now).filter(reviewed_at=None).exclude(staff=viewer).count()


def _theirs(viewer: Staff, now: datetime) -> QuerySet[EmergencyAccess]:
    seen = visible_cases(viewer, "emergency:review", now=now)
    return EmergencyAccess.objects.filter(landlord_id=viewer.landlord_id, case__in=seen)


def _lines(found: Iterable[EmergencyAccess]) -> tuple[EmergencyLine, ...]:
    rows = list(found.select_related("case", "staff", "reviewed_by") if isinstance(found, QuerySet) else found)
    return tuple(
        EmergencyLine(
            number=row.pk,
            reference=row.case.reference,
            by=row.staff.name,
            purpose=dict(PURPOSES)[row.purpose],
            reason=row.reason,
            at=row.at,
            until=row.until,
            outcome=dict(OUTCOMES_OF_REVIEW).get(row.outcome, ""),
            review=row.review,
            reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
            reviewed_at=row.reviewed_at,
        )
        for row in rows
    )
