"""Takes a role away from a colleague: from their next page on they do not have it."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused, can
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.reproject import reproject_cases_of
from fanlight.casework.models import RoleAsked, Staff, StaffRole


def take_role_away(*, staff: Staff, role: str, by: Staff, now: datetime) -> None:
    """This function will take a role away, and put the duties that were theirs by it on other desks.

    Whoever manages accounts or approves roles may, and nobody does it to themselves. Raises Refused, NotFound.
    """
    with logged("take_role_away", by=by, now=now) as log:
        log.detail.update(staff=staff.pk, role=role)
        check_over(staff, by)
        taken, _ = StaffRole.objects.filter(staff=staff, role=role).delete()
        RoleAsked.objects.filter(staff=staff, role=role, outcome="").update(outcome="lapsed", decided_at=now)
        if not taken:
            raise NotFound
        log.detail["cases"] = reproject_cases_of(staff, roles=[role], now=now)


def check_over(staff: Staff, by: Staff) -> None:
    """This function will raise where somebody has no say over a colleague's account, or means their own."""
    if not (can(by, "staff:administer") or can(by, "staff:approve")):
        raise Refused("Your role may not do this: it is for whoever manages accounts, or approves roles.")
    if staff.landlord_id != by.landlord_id:
        raise NotFound
    if staff.pk == by.pk:
        raise Refused("Somebody else does this for you.")
