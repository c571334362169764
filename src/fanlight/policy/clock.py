"""Moments, days and deadlines (LANGUAGE.md section 6). It reads no clock: every moment is given to it.

Days are days in Europe/London. Hours and minutes run by the clock, through weekends and clock changes.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from fanlight.policy.faults import Fault, Faults

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_MONTHS = 1200

Unit = Literal["at once", "same day", "minute", "hour", "working day", "day", "week", "month"]

_WITHIN = re.compile(r"([1-9][0-9]{0,4}) (minute|hour|working day|day|week|month)s?")


@dataclass(frozen=True, slots=True)
class Within:
    """A time allowed, as the policy says it: `at once`, `same day`, or a count of a unit."""

    count: int
    unit: Unit
    text: str


def read_within(text: str) -> Within | None:
    """This function will read a time allowed, or give None where the words are not of section 6.

    A count beyond the calendar is no time allowed.
    """
    words = " ".join(text.split())
    if words == "at once":
        return Within(0, "at once", words)
    if words == "same day":
        return Within(0, "same day", words)
    if match := _WITHIN.fullmatch(words):
        count = int(match[1])
        unit: Unit = match[2]  # type: ignore[assignment]  # the pattern admits the units of the type and no others
        return Within(count, unit, words) if unit != "month" or count <= MOST_MONTHS else None
    return None


def read_moment(value: object) -> datetime | None:
    """This function will read a moment with its offset, or as local time in Europe/London; None where it is not one.

    A day without a time is not a moment. It is given in UTC: two moments of one zone that changes its clocks would be
    compared by the hands of the clock, and so wrongly in the hour that comes twice.
    """
    if isinstance(value, str):
        if "T" not in value.upper() and " " not in value.strip():
            return None
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    elif isinstance(value, datetime):
        moment = value
    else:
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return (moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment).astimezone(UTC)


def in_london(moment: datetime) -> datetime:
    """This function will give the same moment in Europe/London."""
    return moment.astimezone(LONDON)


def day_of(moment: datetime) -> date:
    """This function will give the day, in Europe/London, on which a moment falls."""
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """This function will give the first moment of a day in Europe/London."""
    return datetime.combine(day, time(0), LONDON)


@dataclass(frozen=True)
class Calendar:
    """A landlord's working days: its week, its nation's bank holidays, its own closure days, its close of business."""

    nation: str
    working_week: frozenset[int]
    bank_holidays: Set[date]
    years: range
    closed: Set[date]
    close_of_business: time
    at_once: Within | None

    def is_working_day(self, day: date) -> bool:
        """This function will say whether the landlord works on a day.

        It raises Faults for a year whose bank holidays are not known: a deadline is never a guess.
        """
        if day.year not in self.years:
            raise Faults(
                [
                    Fault(
                        "holidays.toml",
                        f"The bank holidays of {day.year} in {self.nation} are not known,"
                        " so working days cannot be counted.",
                        "Make the file anew with later years.",
                    )
                ]
            )
        return day.weekday() in self.working_week and day not in self.bank_holidays and day not in self.closed

    def due(self, started_at: datetime, within: Within) -> datetime:
        """This function will give the deadline of something that started at a moment (section 6)."""
        return _due(self, started_at.astimezone(UTC), within)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@lru_cache(maxsize=4096)
def _due(calendar_of_landlord: Calendar, started_at: datetime, within: Within) -> datetime:
    count, unit = within.count, within.unit
    if unit == "at once":
        at_once = calendar_of_landlord.at_once
        return _due(calendar_of_landlord, started_at, at_once) if at_once else in_london(started_at)
    if unit == "minute":
        return in_london(started_at + timedelta(minutes=count))
    if unit == "hour":
        return in_london(started_at + timedelta(hours=count))
    day = day_of(started_at)
    if unit == "working day":
        for _ in range(count):
            day += timedelta(days=1)
            while not calendar_of_landlord.is_working_day(day):
                day += timedelta(days=1)
        return datetime.combine(day, calendar_of_landlord.close_of_business, LONDON)
    if unit == "day":
        day += timedelta(days=count)
    elif unit == "week":
        day += timedelta(weeks=count)
    elif unit == "month":
        day = _months_later(day, count)
    return datetime.combine(day, END_OF_DAY, LONDON)


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
