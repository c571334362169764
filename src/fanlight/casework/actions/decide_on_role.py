"""Approves a role that somebody else asked for, or refuses it."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused, demand, why_not_together
from fanlight.casework.actions.ask_for_role import grant
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import RoleAsked, Staff


def decide_on_role(*, number: int, is_granted: bool, by: Staff, now: datetime) -> None:
    """This function will grant or refuse a role that waits. Neither the one who asked nor the one who gets it may.

    Raises NotFound, Refused.
    """
    with logged("decide_on_role", by=by, now=now) as log:
        log.detail.update(asked=number, granted=is_granted)
        demand(by, "staff:approve")
        asked = (
            RoleAsked.objects.select_for_update(of=("self",))
            .select_related("staff")
            .filter(landlord_id=by.landlord_id, pk=number, outcome="")
            .first()
        )
        if asked is None:
            raise NotFound
        log.detail.update(staff=asked.staff_id, role=asked.role)
        if by.pk in (asked.asked_by_id, asked.staff_id):
            raise Refused("Somebody else approves this: neither the one who asked, nor the one who gets the role.")
        if is_granted and not asked.staff.is_active:
            raise Refused("They do not work here any more.")
        held = [role for role, _ in asked.staff.roles_held]
        if is_granted and (why_not := why_not_together(by.landlord_id, [*held, asked.role])):
            raise Refused(why_not)
        asked.outcome, asked.decided_by, asked.decided_at = "granted" if is_granted else "refused", by, now
        asked.save(update_fields=["outcome", "decided_by", "decided_at"])
        if is_granted:
            grant(asked, now=now)
