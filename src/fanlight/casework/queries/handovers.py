"""Hand-overs that nobody has acknowledged: sent is not received."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from fanlight.casework import sql
from fanlight.casework.access import can, visible_cases
from fanlight.casework.models import Case, Referral, Staff
from fanlight.casework.queries.lines import HandoverLine, Page
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.reading_lines import handover_lines
from fanlight.casework.queries.story import Written

PAGE = 50

_REFERRAL: sql.Columns = (Referral, "referral", ("sequence", "to", "to_staff_id", "sent_at", "sent_by_id"))
_WAITING_IN_A_CASE = """
    from casework_referral referral
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


def handovers_of(viewer: Staff, case: Case, told: Sequence[Written], now: datetime) -> tuple[HandoverLine, ...]:
    """This function will give the hand-overs of a case that nobody has acknowledged; `told` is its story, which names who is in them."""
    if not any(row.told.kind == "referral" for row in told):
        return ()
    rows = sql.select(_WAITING_IN_A_CASE, [case.pk], _REFERRAL)
    referrals = [Referral(case=case, landlord_id=case.landlord_id, **said) for said in _said(rows)]
    names: dict[int | None, str] = {None: ""}
    for row in told:
        names |= {row.told.by_id: row.by, row.told.to_staff_id: row.to_staff}
    return handover_lines(viewer, referrals, now, names)


def _said(rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(_REFERRAL[2], row, strict=True)) for row in rows)


def _waiting() -> QuerySet[Referral]:
    waiting = Referral.objects.filter(received_at=None).order_by("sent_at", "pk")
    return waiting.select_related("case")
