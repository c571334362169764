"""Moments, waits and deadlines in the words that an officer would use."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from fanlight.present import LONDON, day_of

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WEEKDAYS_AHEAD = 7
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def length_in_words(length: timedelta) -> str:
    """This function will give a length of time in its one largest unit: "2 days", "3 hours", "less than a minute"."""
    seconds = int(abs(length.total_seconds()))
    if seconds >= 2 * _DAY:
        return _count(seconds // _DAY, "day")
    if seconds >= _HOUR:
        return _count(seconds // _HOUR, "hour")
    if seconds >= _MINUTE:
        return _count(seconds // _MINUTE, "minute")
    return "less than a minute"


def day_in_words(moment: datetime) -> str:
    """This function will give the day of a moment in Europe/London: "21 November 2026"."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def date_in_words(day: date) -> str:
    """This function will give a day: "21 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_in_words(moment: datetime) -> str:
    """This function will give the time of day of a moment in Europe/London: "17:00"."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def moment_in_words(moment: datetime) -> str:
    """This function will give a moment in Europe/London as day and time: "21 November 2026 at 17:00"."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} at {local:%H:%M}"


def deadline_in_words(due: datetime | None, now: datetime, within: str = "") -> str:
    """This function will say when a duty is due, as seen now: "today at 17:00", "overdue by 2 days", "no time stated".

    `within` is the time that the policy allows: what is to be done at once is not said to have an hour's grace.
    """
    if due is None:
        return "no time stated"
    if now > due:
        return f"overdue by {length_in_words(now - due)}"
    if within == "at once":
        return within
    there = due.astimezone(LONDON)
    days = (there.date() - day_of(now)).days
    whole_day = (there.hour, there.minute) == (23, 59)
    clock = "by the end of the day" if whole_day else f"at {there:%H:%M}"
    if days == 0:
        return "today, by the end of the day" if whole_day else f"today {clock}"
    if days == 1:
        return "tomorrow, by the end of the day" if whole_day else f"tomorrow {clock}"
    if days < _WEEKDAYS_AHEAD:
        return f"{_WEEKDAYS[there.weekday()]}, {clock}" if whole_day else f"{_WEEKDAYS[there.weekday()]} {clock}"
    return f"in {_count(days, 'day')}"


def late_in_words(due: datetime, met_at: datetime) -> str:
    """This function will say by how much a duty was met late: "2 days late"."""
    return f"{length_in_words(met_at - due)} late"


def wait_in_words(since: datetime, now: datetime) -> str:
    """This function will say how long something has waited: "waiting 3 hours"."""
    return f"waiting {length_in_words(now - since)}"
