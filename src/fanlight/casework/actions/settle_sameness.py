"""Somebody who sees both cases has looked at two people who are alike: they are one, or they are two."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused, can
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.merge_people import check_reason, join, root_of
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import PerhapsSame, SaidApart, Staff
from fanlight.casework.queries.opposite_parts import why_not_one
from fanlight.casework.queries.sameness import compared


def settle_sameness(*, number: int, is_same: bool, reason: str = "", by: Staff, now: datetime) -> None:
    """This function will note of two people who were put side by side that they are one, or that they are two, and why.

    Two who are one already are only seen. To say that two are one needs the right to merge. Raises NotFound, Refused, Faulty.
    """
    with logged("settle_sameness", by=by, now=now) as log:
        log.head()
        row = compared(by, now=now).filter(pk=number).select_related("part", "other").first()
        if row is None:
            raise NotFound
        if row.is_same is None:
            check_reason(reason)
            _settle(row, is_same, clean_text(reason), by, now)
        PerhapsSame.objects.filter(pk=row.pk).update(
            settled_at=now, settled_by=by, is_same=is_same if row.is_same is None else True
        )
        log.detail.update(pair=row.pk)


def _settle(row: PerhapsSame, is_same: bool, reason: str, by: Staff, now: datetime) -> None:
    first, second = row.part.person, row.other.person
    if first is None or second is None:
        raise NotFound
    if not is_same:
        apart = SaidApart(landlord_id=row.landlord_id, part=row.other, person=first, at=now, by=by)
        apart.reason = reason
        apart.save(force_insert=True)
        return
    if not can(by, "register:merge"):
        raise Refused("Your role may not say that two people are one: ask somebody who may.")
    # One whom the housing system knows stays who they are.
    one, other = (root_of(person.pk) for person in ((first, second) if first.first_case_id else (second, first)))
    if one.pk != other.pk:
        if why_not := why_not_one(by, one.pk, other.pk, now=now):
            raise Faulty({"answer": (why_not,)})
        join(one, other, reason, by=by, now=now)
