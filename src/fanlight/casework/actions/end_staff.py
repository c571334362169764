"""Ends the account of somebody who leaves: at once they see and do nothing, and their work goes to others."""

from datetime import datetime

from django.db.models import Q

from fanlight.casework.access import Refused
from fanlight.casework.actions.end_sessions import end_others
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.reproject import reproject_cases_of
from fanlight.casework.actions.take_role_away import check_over
from fanlight.casework.models import Deputy, RoleAsked, Staff, StaffRole


def end_staff(*, staff: Staff, by: Staff, now: datetime) -> None:
    """This function will close somebody's account, take their roles away, and put their duties on other desks.

    The cases that they led stand among those that nobody leads, until they are given to somebody. Raises Refused, NotFound.
    """
    with logged("end_staff", by=by, now=now) as log:
        log.detail["staff"] = staff.pk
        check_over(staff, by)
        locked = Staff.objects.select_for_update().get(pk=staff.pk)
        if not locked.is_active:
            raise Refused("They have left already.")
        roles = [role for role, _ in locked.roles_held]
        Staff.objects.filter(pk=locked.pk).update(is_active=False)
        end_others(locked, "")
        log.detail.update(roles=roles, cases=_let_go(locked, roles, by, now))


def _let_go(staff: Staff, roles: list[str], by: Staff, now: datetime) -> int:
    RoleAsked.objects.filter(staff=staff, outcome="").update(outcome="lapsed", decided_at=now)
    standing_in = Deputy.objects.filter(Q(staff=staff) | Q(deputy=staff), until__gt=now)
    standing_in.update(until=now, ended_by=by)
    done = reproject_cases_of(staff, roles=roles, now=now)
    StaffRole.objects.filter(staff=staff).delete()
    return done
