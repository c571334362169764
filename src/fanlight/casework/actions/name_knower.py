"""Says who may know a protected address, and that somebody may know it no longer."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.actions.moving import colleagues, demand_authoriser
from fanlight.casework.actions.protected import let_know
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, MayKnow, Part, Person, Staff, Way, of_one
from fanlight.casework.models.contact import ADDRESSES


def name_knower(
    *, case: Case, part: int, staff: Staff, until: datetime | None = None, by: Staff, now: datetime
) -> None:
    """This function will let a colleague who sees the case know where somebody in it lives now, perhaps until a moment.

    Of the addresses that are protected and hold; one that is said later is named anew. It takes somebody who may authorise
    moves, and never themselves. Raises NotFound, Refused, Faulty.
    """
    with logged("name_knower", case=case, by=by, now=now) as log:
        person, locked = _protected(case, part, log)
        log.detail["staff"] = staff.pk
        if staff.pk == by.pk:
            raise Refused("You cannot name yourself: ask somebody else who authorises moves.")
        colleagues(locked, [staff.pk], now)
        if until is not None and until <= now:
            raise Faulty({"until": ("That moment is past.",)})
        ways = Way.objects.filter(of_one(person), kind__in=ADDRESSES, is_protected=True, ended_at=None)
        addresses = {(way.person, way.value_index) for way in ways.select_related("person")}
        if not addresses:
            raise Faulty({"staff": ("No address of theirs is protected now.",)})
        new = [let_know(whose, staff, one, case=locked, until=until, by=by, now=now) for whose, one in addresses]
        if not any(new):
            raise Faulty({"staff": ("They may know it already.",)})


def end_knowing(*, case: Case, part: int, staff: Staff, by: Staff, now: datetime) -> None:
    """This function will end that a colleague may know the protected addresses of somebody in a case. Raises NotFound, Refused."""
    with logged("name_knower", case=case, by=by, now=now) as log:
        person, _ = _protected(case, part, log)
        log.detail |= {"staff": staff.pk, "ended": True}
        if not MayKnow.objects.filter(of_one(person), staff=staff, ended_at=None).update(ended_at=now, ended_by=by):
            raise NotFound


def _protected(case: Case, part: int, log: LogRow) -> tuple[Person, Case]:
    ((locked, standing),) = log.lock(case)
    demand_authoriser(standing)
    found = Part.objects.filter(case=locked, pk=part).select_related("person__merged_into").first()
    if found is None or found.person is None:
        raise NotFound
    return found.person.merged_into or found.person, locked
