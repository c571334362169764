"""Says who may know a protected address, and that somebody may know it no longer."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.actions.moving import colleagues, demand_authoriser
from fanlight.casework.actions.protected import let_know
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, MayKnow, Part, Person, Staff


def name_knower(
    *, case: Case, part: int, staff: Staff, until: datetime | None = None, by: Staff, now: datetime
) -> None:
    """This function will let a colleague who sees the case know the protected addresses of somebody in it, perhaps until a moment.

    It takes somebody who may authorise moves, and never themselves. Raises NotFound, Refused, Faulty.
    """
    with logged("name_knower", case=case, by=by, now=now) as log:
        person, locked = _protected(case, part, log)
        log.detail["staff"] = staff.pk
        if staff.pk == by.pk:
            raise Refused("You cannot name yourself: ask somebody else who authorises moves.")
        colleagues(locked, [staff.pk], now)
        if until is not None and until <= now:
            raise Faulty({"until": ("That moment is past.",)})
        if not let_know(person, staff, case=locked, until=until, by=by, now=now):
            raise Faulty({"named": ("They may know it already.",)})


def end_knowing(*, case: Case, part: int, staff: Staff, by: Staff, now: datetime) -> None:
    """This function will end that a colleague may know the protected addresses of somebody in a case. Raises NotFound, Refused."""
    with logged("name_knower", case=case, by=by, now=now) as log:
        person, _ = _protected(case, part, log)
        log.detail |= {"staff": staff.pk, "ended": True}
        if not MayKnow.objects.filter(person=person, staff=staff, ended_at=None).update(ended_at=now, ended_by=by):
            raise NotFound


def _protected(case: Case, part: int, log: LogRow) -> tuple[Person, Case]:
    ((locked, standing),) = log.lock(case)
    demand_authoriser(standing)
    found = Part.objects.filter(case=locked, pk=part).select_related("person__merged_into").first()
    if found is None or found.person is None:
        raise NotFound
    return found.person.merged_into or found.person, locked
