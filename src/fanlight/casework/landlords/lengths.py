"""Lengths of time as a landlord's file says them, and how long each kind of case is kept."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from types import MappingProxyType

from fanlight.casework.landlords.faults import LandlordFault

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}

KINDS_KEPT: Mapping[str, str] = MappingProxyType(
    {
        "ordinary": "A case",
        "with_children": "A case with children in it",
        "colleague": "A case about a colleague",
        "not_domestic_abuse": "Not domestic abuse, or sent elsewhere",
        "joined": "A report that was joined to a case",
    }
)
"""The kinds of case for which a landlord says how long they are kept, as a page names them."""

_LONGEST_KEPT: Mapping[str, int] = MappingProxyType({"year": 100, "month": 1200, "week": 5200, "day": 36500})
"""Longer than this is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Length:
    """So many years, months, weeks or days by the calendar, as a landlord's file says it: "6 years"."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    def after(self, day: date) -> date:
        """This function will give the day on which it has passed since a day; where that does not exist, the month's last."""
        return self._moved(day, self.number)

    def before(self, day: date) -> date:
        """This function will give the day so long before a day; where that does not exist, the month's last."""
        return self._moved(day, -self.number)

    def _moved(self, day: date, number: int) -> date:
        if self.unit in ("day", "week"):
            return day + timedelta(days=number * (7 if self.unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + number * (12 if self.unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


OUR_RETENTION: Mapping[str, Length] = MappingProxyType(
    {
        "ordinary": Length(6, "year"),
        "with_children": Length(25, "year"),
        "colleague": Length(6, "year"),
        "not_domestic_abuse": Length(1, "year"),
        "joined": Length(6, "year"),
    }
)
"""How long a case is kept from its closure where the landlord says nothing; its data protection officer has the last word."""


def read_period(said: object, where: str) -> timedelta:
    found = re.fullmatch(r"(\d+) (minute|hour|day|week)s?", said) if isinstance(said, str) else None
    if not found or int(found[1]) == 0:
        raise LandlordFault(f"{where}: {said!r} is not a period; write for example 2 hours, 5 days or 4 weeks.")
    return int(found[1]) * _UNITS[found[2]]


def read_retention(said: object, where: str) -> Mapping[str, Length]:
    """This function will read how long each kind of case is kept; what is not said is as ours."""
    if not isinstance(said, dict):
        raise LandlordFault(f'{where}: it must be a table, [retention], with lines such as ordinary = "6 years".')
    for kind in said:
        if kind not in KINDS_KEPT:
            near = get_close_matches(str(kind), KINDS_KEPT, 1)
            meant = f"did you mean {near[0]}?" if near else f"it must be one of {', '.join(KINDS_KEPT)}."
            raise LandlordFault(f"{where}: {kind} is not a kind of case; {meant}")
    found = {**OUR_RETENTION, **{kind: read_length(length, f"{where}, {kind}") for kind, length in said.items()}}
    day = date(2001, 1, 1)
    if found["with_children"].after(day) < found["ordinary"].after(day):
        raise LandlordFault(f"{where}: a case with children in it is kept no shorter than an ordinary one.")
    return MappingProxyType(found)


def read_length(said: object, where: str) -> Length:
    found = re.fullmatch(r"([0-9]{1,5}) (year|month|week|day)s?", said) if isinstance(said, str) else None
    if not found or int(found[1]) == 0:
        raise LandlordFault(f"{where}: {said!r} is not a length of time; write for example 6 years or 18 months.")
    length = Length(int(found[1]), found[2])
    if length.number > _LONGEST_KEPT[length.unit]:
        raise LandlordFault(f"{where}: {length} is longer than {_LONGEST_KEPT['year']} years.")
    return length
