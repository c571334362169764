"""The one who made a report notes on its receipt that 999 was called."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def call_999(*, reference: str, service: str = "police", by: Staff, now: datetime) -> None:
    """This function will record that 999 was called, for the maker of the report, who need not see the case."""
