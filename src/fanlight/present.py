"""The one place that reads the clock, and the days by which landlords count: everything else is told what the moment is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
"""Where every landlord is, whatever the machine's clock says."""


def present() -> datetime:
    """This function will give the moment it is called, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the single reader of the clock


def day_of(moment: datetime) -> date:
    """This function will give the day of a moment in the United Kingdom."""
    return moment.astimezone(LONDON).date()
