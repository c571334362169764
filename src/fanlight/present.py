"""The one place that reads the clock: everything else is told what the moment is."""

from datetime import UTC, datetime


def present() -> datetime:
    """This function will give the moment it is called, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the single reader of the clock
