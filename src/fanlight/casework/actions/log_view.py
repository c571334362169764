"""The log of who looked: each view of a case, and each page refused."""

from datetime import datetime

from fanlight.casework.models import Case, Log, Staff


def log_view(*, reference: str, page: str, by: Staff, now: datetime) -> None:
    """This function will log that somebody looked at a page of a case; `page` is its name ("case", "entry form").

    For a case that is not of their landlord, or is none, the row names no case: they were shown nothing.
    """
    found = Case.objects.filter(landlord_id=by.landlord_id, reference=reference).values_list("pk", flat=True).first()
    _log(found, page, "done", by, now)


def log_view_refused(*, reference: str, page: str, by: Staff, now: datetime) -> None:
    """This function will log that somebody asked for a page of a case and was shown nothing."""
    found = Case.objects.filter(landlord_id=by.landlord_id, reference=reference).values_list("pk", flat=True).first()
    _log(found, page, "refused", by, now)


def _log(case_id: int | None, page: str, outcome: str, by: Staff, now: datetime) -> None:
    Log.objects.create(
        landlord_id=by.landlord_id,
        at=now,
        staff=by,
        what="view",
        outcome=outcome,
        case_id=case_id,
        detail={"page": page},
    )
