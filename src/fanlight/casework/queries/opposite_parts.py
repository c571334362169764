"""Why two people are not made one, and why somebody is not given a part: nobody is at risk and causes harm in one case.

Whoever is one with another is reached by the other's ways. To take the person causing harm for the person at risk, or what the
one says of the other for an exchange of parts, has cost lives: a counter-allegation has a case of its own.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from fanlight.casework import access
from fanlight.casework.models import Case, Part, Person, Staff, group_of
from fanlight.casework.models.part import OPPOSED
from fanlight.casework.queries.staff import parts_to_choose

NOT_ONE = (
    "These two cannot be made one: something that is held of them says that they are two. "
    "If you are sure that they are one, ask your data protection officer."
)
"""Said to somebody who sees no case in which the two have opposite parts: it says of no case that there is one."""
GONE = (access.DISPOSED, "joined")
"""Of a report that was joined, the case that it was joined to has the people."""


def why_not_one(viewer: Staff, one: int, other: int, *, now: datetime) -> str:
    """This function will say why two people of the register are not made one, or nothing where they may be.

    They are opposed where one of them, or anybody who is one with them, is at risk in a case in which the other causes harm.
    """
    cases = _cases_of_opposed(group_of(one), group_of(other))
    if not cases:
        return ""
    seen = access.visible_cases(viewer, now=now).filter(pk__in=cases).order_by("pk")
    references = list(seen.values_list("reference", flat=True))
    if not references:
        return NOT_ONE
    titles = parts_to_choose(viewer)
    return (
        f"One of them is the {titles['person_at_risk'].lower()} and the other the {titles['causing_harm'].lower()} in "
        f"{', '.join(references)}. They are not made one: we would ring the one by the number of the other. "
        "If somebody's part was written down wrongly, change it there first."
    )


def are_opposed(one: Person | None, other: Person | None) -> bool:
    """This function will say whether two people have opposite parts in one case, whoever sees it."""
    return one is not None and other is not None and bool(_cases_of_opposed(group_of(one.pk), group_of(other.pk)))


def _cases_of_opposed(one: Collection[int], other: Collection[int]) -> frozenset[int]:
    rows = Part.objects.filter(part__in=OPPOSED).exclude(case__status__in=GONE)
    theirs = set(rows.filter(person__in=other).values_list("case_id", "part"))
    ours = rows.filter(person__in=one).values_list("case_id", "part")
    return frozenset(case for case, part in ours if (case, OPPOSED[part]) in theirs)


def why_not_part(viewer: Staff, row: Part, part: str, person: Person | None) -> str:
    """This function will say why somebody is not given a part in the case of a row, or nothing where they may be.

    `person` is who they are in the register; one who works here is known by the row as well.
    """
    rows = row.case.parts.exclude(pk=row.pk)
    theirs = set(rows.filter(person__in=group_of(person.pk)).values_list("part", flat=True)) if person else set()
    if row.staff_id is not None:
        theirs |= set(rows.filter(staff_id=row.staff_id).values_list("part", flat=True))
    return _why_not(viewer, part, theirs)


def why_not_together(viewer: Staff, people: Sequence[tuple[str, Person | None, Staff | None]]) -> str:
    """This function will say why those whom a report names cannot have those parts, or nothing where they can."""
    had: dict[tuple[str, int], set[str]] = {}
    for part, person, staff in people:
        whose = [("person", person.merged_into_id or person.pk)] if person else []
        whose += [("staff", staff.pk)] if staff else []
        for who in whose:
            if why_not := _why_not(viewer, part, had.setdefault(who, set())):
                return why_not
            had[who].add(part)
    return ""


def _why_not(viewer: Staff, part: str, theirs: Collection[str]) -> str:
    titles = parts_to_choose(viewer)
    if part in theirs:
        return f"They are in it as {titles[part].lower()} already."
    if (opposite := OPPOSED.get(part)) and opposite in theirs:
        return (
            f"They are in it as {titles[opposite].lower()}, and nobody is both in one case. What somebody says of them is a fact "
            "for the story; where they may be both, the other part has a case of its own."
        )
    return ""


def why_not_joined(viewer: Staff, source: Case, target: Case) -> str:
    """This function will say why a report is not joined to a case, or nothing where it may be: the same person has opposite parts."""
    there = set(_who_has_what(target))
    found = next((part for who, part in _who_has_what(source) if (who, OPPOSED[part]) in there), None)
    if found is None:
        return ""
    titles = parts_to_choose(viewer)
    return (
        f"Somebody is the {titles[found].lower()} in the report and the {titles[OPPOSED[found]].lower()} in that case. "
        "Open a case of its own for it: each then shows the other, and nobody's part is exchanged. "
        "If a part was written down wrongly, change it first."
    )


def _who_has_what(case: Case) -> list[tuple[tuple[str, int], str]]:
    rows = case.parts.filter(part__in=OPPOSED).values_list("part", "person_id", "person__merged_into_id", "staff_id")
    found = []
    for part, person, root, staff in rows:
        found += [(("person", root or person), part)] if person else []
        found += [(("staff", staff), part)] if staff else []
    return found
