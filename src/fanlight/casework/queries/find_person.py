"""People in cases, found by a whole name or a telephone number: through fingerprints, and only where the viewer may see."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanlight.casework import access, keys, sql
from fanlight.casework.keys import Subject
from fanlight.casework.models import Case, Part, Staff, names_of
from fanlight.casework.queries.staff import parts_to_choose

MOST = 50
"""How many people are shown at most."""

OPPOSED = ("person_at_risk", "causing_harm")
"""To take the one for the other has cost lives: somebody who is one in one case and the other in another is shown as that."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """Somebody's part in a case. `elsewhere` says how another case has them, where one of the two is at risk and the other causes harm."""

    name: str
    part: str
    part_title: str
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case with somebody of that name or number. Without `may_open` it is its log alone that the viewer may look at."""

    reference: str
    status: str
    patch: str
    lead: str
    may_open: bool
    people: tuple[FoundPart, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `is_more` where there was more than is shown. `confused`: at risk in one case, causing harm in another."""

    cases: tuple[FoundCase, ...]
    is_more: bool
    confused: bool


NOTHING = Found((), is_more=False, confused=False)


def may_find(viewer: Staff) -> bool:
    """This function will say whether somebody may look for people at all: those who see cases, or who saw them."""
    return any(access.can(viewer, one) for one in ("case:see", "colleague_case:see", "report:triage", "audit:see"))


def find_person(viewer: Staff, *, name: str = "", phone: str = "", now: datetime) -> Found:
    """This function will find everybody of a name, or with a telephone number, in the cases that the viewer may see.

    What is in another case is as if it were not there. To whoever sees the log, cases that they do not see
    are given as well, without saying who is in them as what: so that they can look who saw somebody.
    """
    may_open = _parts(viewer, name, phone, cases=access.visible_case_ids(viewer, now=now))
    is_more = len(may_open) > MOST
    opened = {part.case_id for part in may_open}
    audited: list[Part] = []
    if access.can(viewer, "audit:see"):
        found = _parts(viewer, name, phone, cases=access.ids_of(access.cases_to_audit(viewer)))
        is_more = is_more or len(found) > MOST
        audited = [part for part in found if part.case_id not in opened]
    parts = [*may_open, *audited][:MOST]
    keys.warm(Subject("case", str(part.case_id)) for part in may_open)
    leads = names_of(part.case.lead_id for part in parts)
    titles = parts_to_choose(viewer)
    known = list(_named(may_open[:MOST]))
    by_case: dict[int, list[FoundPart]] = {part.case_id: [] for part in parts}
    for part, its_name in known:
        by_case[part.case_id].append(FoundPart(its_name, part.part, titles[part.part], _elsewhere(part, known, titles)))
    first = {part.case_id: part.case for part in reversed(parts)}
    return Found(
        cases=tuple(
            FoundCase(
                reference=first[case_id].reference,
                status=first[case_id].status if case_id in opened else "",
                patch=(first[case_id].patch or first[case_id].area) if case_id in opened else "",
                lead=leads[first[case_id].lead_id] if case_id in opened else "",
                may_open=case_id in opened,
                people=tuple(people),
            )
            for case_id, people in by_case.items()
        ),
        is_more=is_more,
        confused=any(one.elsewhere for people in by_case.values() for one in people),
    )


def _named(parts: Iterable[Part]) -> Iterator[tuple[Part, str]]:
    """Parts with the names in them; one whose case was disposed of meanwhile is not there."""
    for part in parts:
        try:
            yield part, part.name
        except keys.Unreadable:
            continue


_PART: sql.Columns = (
    Part,
    "part",
    ("id", "case_id", "mark", "part", "sealed_name", "name_index", "phone_index"),
)
_CASE: sql.Columns = (Case, "matter", ("id", "reference", "status", "patch", "area", "lead_id"))


def _parts(viewer: Staff, name: str, phone: str, *, cases: tuple[str, list[Any]]) -> list[Part]:
    """The parts that a name or a number finds, the latest case first: one short read of an index for each."""
    found: dict[int, Part] = {}
    ids, values = cases
    for kind, typed in (("name", name), ("phone", phone)):
        index = keys.blind(kind, typed, within=viewer.landlord_id)
        if index:
            # The index of the database leaves empty fingerprints out, and is used where the question does too.
            which = f"""from casework_part part join casework_case matter on matter.id = part.case_id
                where part.landlord_id = %s and part.{kind}_index = %s and part.{kind}_index <> '' and matter.id in ({ids})
                order by part.case_id desc, part.id limit %s"""
            for row in sql.select(which, [viewer.landlord_id, index, *values, MOST + 1], _PART, _CASE):
                part = Part(**dict(zip(_PART[2], row, strict=False)))
                part.case = Case(**dict(zip(_CASE[2], row[len(_PART[2]) :], strict=True)))
                found[part.pk] = part
    return sorted(found.values(), key=lambda part: (-part.case_id, part.pk))


def _elsewhere(part: Part, known: Sequence[tuple[Part, str]], titles: dict[str, str]) -> tuple[tuple[str, str], ...]:
    if part.part not in OPPOSED:
        return ()
    return tuple(
        (other.case.reference, titles[other.part])
        for other, _ in known
        if other.case_id != part.case_id
        and other.part in OPPOSED
        and other.part != part.part
        and (_same(part.name_index, other.name_index) or _same(part.phone_index, other.phone_index))
    )


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other
