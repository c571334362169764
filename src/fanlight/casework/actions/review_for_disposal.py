"""Somebody looks at a case that fell due: it is kept longer, or let go."""

from datetime import date, datetime

from fanlight.casework.access import Refused, demand, find_kept
from fanlight.casework.actions.hold_case import check_day
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import DisposalReview, Staff
from fanlight.casework.models.retention import OUTCOMES
from fanlight.casework.queries.retention import kept, why_not_review


def review_for_disposal(
    *, reference: str, outcome: str, reason: str, keep_until: date | None = None, by: Staff, now: datetime
) -> None:
    """This function will record what is decided on a case that fell due, and why; nothing goes by it alone.

    `outcome` is `keep`, until a day, or `dispose`: then somebody else may dispose of it. The last review counts. Raises NotFound,
    Refused, Faulty.
    """
    with logged("review_for_disposal", by=by, now=now) as log:
        demand(by, "dispose:review")
        log.head()
        log.case = find_kept(by, reference, lock=True)
        one = kept(log.case, now)
        if why_not := why_not_review(one, now):
            raise Refused(why_not)
        if outcome not in dict(OUTCOMES):
            raise Faulty({"outcome": ("Say whether it is kept longer.",)})
        if outcome == "keep" and keep_until is None:
            raise Faulty({"keep_until": ("Say until when it is kept.",)})
        check_day("keep_until", keep_until if outcome == "keep" else None, now)
        row = DisposalReview(
            landlord_id=log.case.landlord_id,
            case=log.case,
            outcome=outcome,
            keep_until=keep_until if outcome == "keep" else None,
            last_sequence=one.last_sequence,
            at=now,
            by=by,
        )
        row.reason = checked_reason(reason)
        row.save(force_insert=True)
        log.detail.update(outcome=outcome, keep_until=f"{row.keep_until}" if row.keep_until else None)
