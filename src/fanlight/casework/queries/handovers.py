"""Hand-overs that nobody has acknowledged: sent is not received."""

from datetime import datetime

from django.db.models import Q, QuerySet

from fanlight.casework.access import can, visible_cases
from fanlight.casework.models import Case, Referral, Staff
from fanlight.casework.queries.lines import HandoverLine, Page
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.reading_lines import handover_lines

PAGE = 50


def handovers(viewer: Staff, *, page: int = 1, now: datetime) -> Page[HandoverLine]:
    """This function will give the hand-overs not received in cases that the viewer may see, oldest first.

    With `handovers:see` all of them; without, those that name the viewer or that the viewer sent.
    """
    waiting = _waiting().filter(landlord_id=viewer.landlord_id, case__in=visible_cases(viewer))
    if not can(viewer, "handovers:see"):
        waiting = waiting.filter(Q(to_staff=viewer) | Q(sent_by=viewer))
    total = waiting.count()
    number, pages = page_number(page, total, PAGE)
    lines = handover_lines(viewer, list(waiting[(number - 1) * PAGE : number * PAGE]), now)
    return Page(lines, number, pages, total)


def handovers_for(viewer: Staff, now: datetime) -> tuple[HandoverLine, ...]:
    """This function will give the hand-overs that name the viewer, oldest first."""
    found = list(_waiting().filter(to_staff=viewer)[:PAGE])
    if not found:
        return ()
    seen = set(visible_cases(viewer).filter(pk__in=[one.case_id for one in found]).values_list("pk", flat=True))
    return handover_lines(viewer, [one for one in found if one.case_id in seen], now)


def handovers_of(viewer: Staff, case: Case, now: datetime) -> tuple[HandoverLine, ...]:
    """This function will give the hand-overs of a case that nobody has acknowledged."""
    return handover_lines(viewer, list(_waiting().filter(case=case)), now)


def _waiting() -> QuerySet[Referral]:
    waiting = Referral.objects.filter(received_at=None).order_by("sent_at", "pk")
    return waiting.select_related("case", "to_staff", "sent_by")
