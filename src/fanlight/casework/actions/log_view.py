"""The log of who looked: each view of a case, and each page refused."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def log_view(*, reference: str, page: str, by: Staff, now: datetime) -> None:
    """This function will log that somebody looked at a page of a case; `page` is its name ("case", "entry form")."""
