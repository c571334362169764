"""Hand-overs that nobody has acknowledged: sent is not received."""

from datetime import datetime

from django.db.models import Q, QuerySet

from fanlight.casework import sql
from fanlight.casework.access import can, visible_cases, why_not_receive
from fanlight.casework.models import Case, Referral, Staff
from fanlight.casework.queries.lines import HandoverLine, Page
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.reading_lines import handover_lines
from fanlight.casework.queries.words import recipient_title

PAGE = 50

_REFERRAL: sql.Columns = (Referral, "referral", ("sequence", "to", "to_staff_id", "sent_at", "sent_by_id"))
_WAITING_IN_A_CASE = """
    from casework_referral referral
    join casework_staff sender on sender.id = referral.sent_by_id
    left join casework_staff recipient on recipient.id = referral.to_staff_id
    where referral.case_id = %s and referral.received_at is null order by referral.sent_at, referral.id"""


def handovers(viewer: Staff, *, page: int = 1, now: datetime) -> Page[HandoverLine]:
    """This function will give the hand-overs not received in cases that the viewer may see, oldest first.

    With `handovers:see` all of them; without, those that name the viewer or that the viewer sent.
    """
    waiting = _waiting().filter(landlord_id=viewer.landlord_id, case__in=visible_cases(viewer, now=now))
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
    seen = set(
        visible_cases(viewer, now=now).filter(pk__in=[one.case_id for one in found]).values_list("pk", flat=True)
    )
    return handover_lines(viewer, [one for one in found if one.case_id in seen], now)


def handovers_of(viewer: Staff, case: Case, now: datetime) -> tuple[HandoverLine, ...]:
    """This function will give the hand-overs of a case that nobody has acknowledged."""
    return tuple(
        HandoverLine(
            reference=case.reference,
            sequence=sequence,
            to=to,
            to_title=recipient_title(case.landlord_id, to),
            to_staff=recipient or "",
            sent_by=sender,
            sent_at=sent_at,
            waiting=now - sent_at,
            for_me=to_staff_id == viewer.pk,
            may_receive=not why_not_receive(viewer, to=to, to_staff_id=to_staff_id, sent_by_id=sent_by_id),
        )
        for sequence, to, to_staff_id, sent_at, sent_by_id, sender, recipient in sql.select(
            _WAITING_IN_A_CASE, [case.pk], _REFERRAL, also=("sender.name", "recipient.name")
        )
    )


def _waiting() -> QuerySet[Referral]:
    waiting = Referral.objects.filter(received_at=None).order_by("sent_at", "pk")
    return waiting.select_related("case", "to_staff", "sent_by")
