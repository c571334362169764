"""Reviews that a case was opened in an emergency: whether it was right."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused, standing_of
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import MOST
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import EmergencyAccess, Staff
from fanlight.casework.models.reach import OUTCOMES_OF_REVIEW


def review_emergency(*, number: int, outcome: str, review: str = "", by: Staff, now: datetime) -> None:
    """This function will record whether an emergency access was right, by somebody else who sees the case.

    Raises NotFound, Refused, Faulty.
    """
    with logged("review_emergency", by=by, now=now) as log:
        row = (
            EmergencyAccess.objects.select_for_update(of=("self",))
            .select_related("case")
            .filter(landlord_id=by.landlord_id, pk=number)
            .first()
        )
        if row is None or not standing_of(by, row.case, now=now).can("emergency:review"):
            raise NotFound
        log.case, log.detail["emergency"] = row.case, row.pk
        if row.staff_id == by.pk:
            raise Refused("Somebody else looks at what you opened.")
        if row.reviewed_at is not None:
            raise Refused("This has been reviewed already.")
        review = clean_text(review)
        _check(outcome, review)
        row.outcome, row.review, row.reviewed_by, row.reviewed_at = outcome, review, by, now
        row.save(update_fields=["outcome", "sealed_review", "reviewed_by", "reviewed_at"])
        log.detail["outcome"] = outcome


def _check(outcome: str, review: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if outcome not in dict(OUTCOMES_OF_REVIEW):
        faults["outcome"] = ("Say whether it was right.",)
    elif outcome != "right" and not review:
        faults["review"] = ("Say what was found, and what follows.",)
    if len(review) > MOST:
        faults["review"] = (f"Use {MOST} characters or fewer.",)
    if faults:
        raise Faulty(faults)
