"""People who may be one: those put side by side for whoever sees both cases, and with whom somebody was merged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fanlight.casework import access, keys, likeness
from fanlight.casework.access import NotFound
from fanlight.casework.keys import Subject
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Merge, Part, PerhapsSame, PersonDetails, Staff, group_of, names_of
from fanlight.casework.queries.find_people import FoundPerson, likely_people, may_find, people_seen, person_seen
from fanlight.casework.queries.staff import parts_to_choose


@dataclass(frozen=True, slots=True)
class SidePart:
    """One of two who are put side by side: how their case knows them."""

    reference: str
    name: str
    part_title: str
    lead: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two people of two cases: `one` in the case that was hidden from whoever named `other`. `are_one` where it is known already."""

    id: int
    one: SidePart
    other: SidePart
    why: tuple[str, ...]
    are_one: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeLine:
    """Two people were said to be one; `ended_at` where that was taken back."""

    id: int
    at: datetime
    by: str
    reason: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str


@dataclass(frozen=True, slots=True)
class SamePage:
    """Somebody, those who are like them, and with whom they are merged or were."""

    person: FoundPerson
    like: tuple[FoundPerson, ...]
    merges: tuple[MergeLine, ...]


def compared(viewer: Staff, *, now: datetime) -> QuerySet[PerhapsSame]:
    """This function will give the pairs that wait, where the viewer sees both cases."""
    cases = access.visible_cases(viewer, now=now).values("pk")
    waiting = PerhapsSame.objects.filter(landlord_id=viewer.landlord_id, settled_at=None)
    return waiting.filter(part__case__in=cases, other__case__in=cases)


def count_compared(viewer: Staff, *, now: datetime) -> int:
    """This function will count them."""
    return compared(viewer, now=now).count()


MOST = 50
"""How many pairs are listed at most: those that have waited longest, so that each has its turn."""


def pairs(viewer: Staff, *, now: datetime) -> tuple[PairLine, ...]:
    """This function will give the pairs that wait for somebody who sees both cases, the longest first. Raises Refused."""
    return _lines(viewer, _waiting(viewer, now).order_by("at", "pk")[:MOST])


def pair(viewer: Staff, number: int, *, now: datetime) -> PairLine:
    """This function will give one of the pairs that wait. Raises Refused, NotFound."""
    line = next(iter(_lines(viewer, _waiting(viewer, now).filter(pk=number))), None)
    if line is None:
        raise NotFound
    return line


def _waiting(viewer: Staff, now: datetime) -> QuerySet[PerhapsSame]:
    if not may_find(viewer):
        raise access.Refused("Your role may not look for people.")
    return compared(viewer, now=now).select_related("part__case", "part__person", "other__case", "other__person")


def _lines(viewer: Staff, rows: QuerySet[PerhapsSame]) -> tuple[PairLine, ...]:
    found = list(rows)
    sides = [side for row in found for side in (row.part, row.other)]
    keys.warm(Subject("case", str(side.case_id)) for side in sides)
    leads = names_of(side.case.lead_id for side in sides)
    titles = parts_to_choose(viewer)
    lines = []
    for row in found:
        try:
            one, other = (
                SidePart(side.case.reference, side.name, titles[side.part], leads[side.case.lead_id])
                for side in (row.part, row.other)
            )
            why = _why(row.part, row.other)
        except keys.Unreadable:
            continue
        lines.append(PairLine(row.pk, one, other, why, bool(row.is_same), row.at))
    return tuple(lines)


def _why(one: Part, other: Part) -> tuple[str, ...]:
    details = one.person.details if one.person else PersonDetails()
    given, family = likeness.split_name(one.name)
    known = PersonDetails(given, family, born=details.born, phones=(one.phone,) if one.phone else details.phones)
    born = other.person.details.born if other.person else None
    return likeness.alike(Asked(name=other.name, born=born, phone=other.phone), known).why


def same_page(viewer: Staff, number: int, *, now: datetime) -> SamePage:
    """This function will give somebody whom the viewer may see, with who is like them. Raises Refused; NotFound."""
    access.demand(viewer, "register:merge")
    person = person_seen(viewer, number, now=now)
    if person is None:
        raise NotFound
    group = group_of(number)
    asked = Asked(name=person.name, born=person.born)
    like = tuple(one for one in likely_people(viewer, asked, now=now) if one.id not in group) if asked.name else ()
    return SamePage(person, like, _merges(viewer, group, now))


def _merges(viewer: Staff, group: Collection[int], now: datetime) -> tuple[MergeLine, ...]:
    of_them = Merge.objects.filter(landlord_id=viewer.landlord_id, person__in=group)
    rows = list((of_them | Merge.objects.filter(landlord_id=viewer.landlord_id, into__in=group)).order_by("-at", "-pk"))
    seen = people_seen(viewer, {one for row in rows for one in (row.person_id, row.into_id)}, now=now)
    rows = [row for row in rows if {row.person_id, row.into_id} <= seen]
    names = names_of([row.by_id for row in rows] + [row.ended_by_id for row in rows])
    return tuple(
        MergeLine(
            row.pk,
            row.at,
            names[row.by_id],
            row.reason,
            row.ended_at,
            names[row.ended_by_id] if row.ended_by_id else "",
            row.end_reason,
        )
        for row in rows
    )
