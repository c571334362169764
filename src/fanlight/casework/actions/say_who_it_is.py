"""Whoever looks at a report says of somebody whom it names that they are one who is known already."""

from datetime import datetime

from fanlight.casework.actions.add_part import NOBODY_SEEN
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.merge_people import join, root_of
from fanlight.casework.actions.open_case import check_new
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, Merge, Part, Staff
from fanlight.casework.queries.find_people import person_seen
from fanlight.casework.queries.likely_in_report import may_be_known
from fanlight.casework.queries.opposite_parts import why_not_one, why_not_part

WHY = "Said by whoever looked at the report."


def say_who_it_is(*, case: Case, part: int, same_as: int, by: Staff, now: datetime) -> Merge:
    """This function will note that somebody whom a new report names is a person of the register whom `by` may see.

    It is a merge as any other, and is taken back as one. It is for those whom the report itself entered in the register: to name
    them as that person from the first needs no more. Raises NotFound, Refused, Faulty.
    """
    with logged("say_who_it_is", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_new(locked, standing)
        row = Part.objects.filter(case=locked, pk=part).select_related("case", "person").first()
        if row is None or row.person is None or not may_be_known(row, locked):
            raise Faulty({"part": ("There is nobody of that number in this report of whom that is still to be said.",)})
        if person_seen(by, same_as, now=now) is None:
            raise Faulty({"same_as": (NOBODY_SEEN,)})
        one, other = root_of(row.person.pk), root_of(same_as)
        why_not = "They are one already." if one.pk == other.pk else why_not_part(by, row, row.part, other)
        why_not = why_not or why_not_one(by, one.pk, other.pk, now=now)
        if why_not:
            raise Faulty({"same_as": (why_not,)})
        merge = join(one, other, WHY, by=by, now=now)
        log.detail.update(part=row.pk, merge=merge.pk)
    return merge
