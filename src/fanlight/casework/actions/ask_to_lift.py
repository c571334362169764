"""Asks that an address be protected no longer."""

from datetime import datetime

from fanlight.casework.access import NotFound
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import demand_writer
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Case, Lifting, Part, Staff, Way, group_of
from fanlight.casework.models.contact import ADDRESSES
from fanlight.casework.queries.moving import is_hidden_without_address


def ask_to_lift(
    *,
    case: Case,
    part: int,
    way: int | None,
    reason: str,
    they_agree: bool | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will ask that a protected address of somebody in a case be protected no longer, and give its number.

    It took two people to protect it, so somebody else decides, who may authorise a change of address; until then it is protected as
    it was. Whoever asks need not know the address. With no `way` it is of where the housing system says that they live, where that is
    hidden and no address of theirs was said. Raises NotFound, Refused, Faulty.
    """
    with logged("ask_to_lift", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        somebody = Part.objects.filter(case=locked, pk=part).select_related("person__merged_into").first()
        if somebody is None or somebody.person is None:
            raise NotFound
        person = somebody.person.merged_into or somebody.person
        group = group_of(person.pk)
        held = Way.objects.filter(case=locked, person__in=group, kind__in=ADDRESSES, is_protected=True, ended_at=None)
        found = held.filter(pk=way).select_related("person").first() if way is not None else None
        if found is None and (way is not None or not is_hidden_without_address(locked, group)):
            raise NotFound
        if Lifting.objects.filter(case=locked, person__in=group, way=found, outcome="").exists():
            raise Faulty({"": ("Somebody has asked for that already.",)})
        row = Lifting(landlord_id=locked.landlord_id, case=locked, person=found.person if found else person)
        row.way, row.asked_at, row.asked_by, row.they_agree = found, now, by, they_agree
        row.reason = checked_reason(reason)
        row.save(force_insert=True)
        log.detail["lifting"] = row.pk
    return row.pk
