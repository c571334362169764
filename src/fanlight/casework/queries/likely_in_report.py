"""Those who are known already and likely to be meant by a report, for whoever looks at it: whoever made it may not look for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, Part, SaidApart, Staff, group_of
from fanlight.casework.queries.find_people import FoundPerson, likely_people, may_find
from fanlight.casework.queries.lines import PartLine


@dataclass(frozen=True, slots=True)
class LikelyInReport:
    """Somebody whom a report names, and those whom the viewer may see and who are like them, the likeliest first."""

    person: PartLine
    like: tuple[FoundPerson, ...]


def likely_in_report(
    viewer: Staff, case: Case, people: Sequence[PartLine], *, now: datetime
) -> tuple[LikelyInReport, ...]:
    """This function will give who may be meant by a report, of whom nobody has said yet who they are."""
    if not may_find(viewer):
        return ()
    rows = list(case.parts.select_related("person").order_by("pk"))
    here = {number for row in rows for number in group_of(row.person_id)}
    apart = set(SaidApart.objects.filter(part__case=case).values_list("part_id", "person_id"))
    lines = {line.id: line for line in people}
    found = []
    for row in rows:
        if not may_be_known(row, case):
            continue
        born = row.person.details.born if row.person else None
        likely = likely_people(viewer, Asked(name=row.name, born=born, phone=row.phone), now=now)
        like = tuple(one for one in likely if one.id not in here and (row.pk, one.id) not in apart)
        if like:
            found.append(LikelyInReport(lines[row.pk], like))
    return tuple(found)


def may_be_known(row: Part, case: Case) -> bool:
    """This function will say whether somebody of a report was entered in the register by it, and nobody has said since who they are."""
    person = row.person
    return (
        row.staff_id is None
        and person is not None
        and person.first_case_id == case.pk
        and person.merged_into_id is None
        and bool(row.name_index or row.phone_index)
    )
