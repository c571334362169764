"""Notes that an agreement on sharing was looked at again."""

from datetime import date, datetime

from fanlight.casework.actions.agreements import agreement_of
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import AgreementReview, Staff
from fanlight.present import day_of


def review_agreement(*, number: int, note: str, review_on: date | None = None, by: Staff, now: datetime) -> None:
    """This function will note what was found when an agreement was looked at, and when it is looked at next. Raises NotFound, Refused, Faulty."""
    with logged("review_agreement", by=by, now=now) as log:
        row = agreement_of(by, number)
        log.detail["agreement"] = row.pk
        next_on = review_on or settings_of(row.landlord_id).sharing.review_after.after(day_of(now))
        if next_on <= day_of(now):
            raise Faulty({"review_on": ("It is looked at again on a day that is still to come.",)})
        review = AgreementReview(landlord_id=row.landlord_id, agreement=row, was_due_on=row.review_on, at=now, by=by)
        review.review_on, review.note = next_on, checked_reason(note)
        review.save(force_insert=True)
        row.review_on = next_on
        row.save(update_fields=["review_on"])
