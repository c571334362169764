"""Compares whoever was named in a case with the people of all other cases, apart from the page on which they were named.

Whoever named them saw those whom they may see. That somebody is like a person in a case which they may not see is put to those
who see both: later, so that neither the page nor the time that it took says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from math import log2

from django.db import transaction
from django.db.models import Q

from fanlight.casework import access, keys, likeness
from fanlight.casework.access import DISPOSED
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.register import NAME_NOT_KNOWN, enter_parts_known
from fanlight.casework.likeness import Asked
from fanlight.casework.models import FoundBy, Part, PerhapsSame, PersonDetails, SaidApart, group_of
from fanlight.casework.queries.find_people import LIKELY, OPENED

AT_ONCE = 200
GONE = (DISPOSED, "joined")


def compare_people(*, now: datetime) -> int:
    """This function will compare those who wait for it, some at a time, and say how many they were. The log keeps that alone.

    One who is nobody in the register yet, having been named before there was one, is entered.
    """
    waiting = list(
        Part.objects.filter(compared_at=None).select_related("case", "person", "added_by").order_by("pk")[:AT_ONCE]
    )
    for part in waiting:
        with transaction.atomic():
            # Its case may have been disposed of meanwhile.
            with suppress(keys.Unreadable):
                _compare(part, now)
            Part.objects.filter(pk=part.pk).update(compared_at=now)
    if waiting:
        add_row("compare_people", "done", {"compared": len(waiting)}, by=None, now=now)
    return len(waiting)


def _compare(part: Part, now: datetime) -> None:
    if part.person is None:
        enter_parts_known([part], now=now)
    if part.case.status in GONE or part.staff_id is not None or part.person is None or part.name == NAME_NOT_KNOWN:
        return
    asked = Asked(name=part.name, born=part.person.details.born, phone=part.phone)
    group = group_of(part.person.pk)
    apart = set(SaidApart.objects.filter(part=part).values_list("person_id", flat=True))
    looked_at = set(PerhapsSame.objects.filter(part=part).values_list("other_id", flat=True))
    looked_at |= set(SaidApart.objects.filter(person__in=group).values_list("part_id", flat=True))
    for other in _others(part, asked, group):
        is_one = other.person_id in group
        if other.person_id in apart or other.pk in looked_at or (is_one and _sees(part, other, now)):
            # It was said already which it is, by somebody who saw both.
            continue
        if is_one or _points(asked, other) >= LIKELY:
            known = {"landlord_id": part.landlord_id, "at": now, "is_same": True if is_one else None}
            PerhapsSame.objects.get_or_create(part=other, other=part, defaults=known)


def _sees(part: Part, other: Part, now: datetime) -> bool:
    """Whether whoever named somebody sees the case of another."""
    return access.standing_of(part.added_by, other.case, now=now).sees


def _others(part: Part, asked: Asked, group: Collection[int]) -> Iterable[Part]:
    """The parts in other cases of those on whom the most and the rarest fingerprints agree, and of the same person."""
    tokens = keys.tokens(sorted(likeness.signs_asked(asked)[1]), within=part.landlord_id)
    rows = FoundBy.objects.filter(
        landlord_id=part.landlord_id, token__in=tokens, case__isnull=False, person__isnull=False
    )
    found = list(rows.exclude(case=part.case).values_list("person_id", "token").distinct())
    often = Counter(token for _, token in found)
    points: Counter[int] = Counter()
    for person, token in found:
        points[person or 0] += int(1000 * (20 - log2(often[token])))
    best = [person for person, _ in points.most_common(OPENED)]
    same = Q(person__in=best) | Q(person__in=group)
    others = Part.objects.filter(same, landlord_id=part.landlord_id, staff=None).exclude(case=part.case)
    return others.exclude(case__status__in=GONE).select_related("case", "person").order_by("pk")


def _points(asked: Asked, other: Part) -> float:
    try:
        details = other.person.details if other.person else PersonDetails()
        given, family = likeness.split_name(other.name)
        known = PersonDetails(
            given, family, former_names=tuple(filter(None, (details.name, *details.former_names))),
            born=details.born, phones=tuple(filter(None, (other.phone, *details.phones))), emails=details.emails,
        )  # fmt: skip
    except keys.Unreadable:
        return 0
    return likeness.alike(asked, known).points
