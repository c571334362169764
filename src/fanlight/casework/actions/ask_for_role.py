"""Asks for a role for a colleague: one that shows no case is theirs at once, any other when somebody else approves it."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.access import Refused, demand, takes_two, why_not_together
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reproject import reproject_cases_of
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import RoleAsked, Staff, StaffRole


def ask_for_role(*, staff: Staff, role: str, patches: Sequence[str] = (), by: Staff, now: datetime) -> bool:
    """This function will ask for a role in some patches (none means all of them), and say whether they hold it already.

    Asked for again with more patches, it is a new grant. Raises Refused, Faulty.
    """
    with logged("ask_for_role", by=by, now=now) as log:
        log.detail.update(staff=staff.pk, role=role, patches=sorted(patches))
        demand(by, "staff:administer")
        if staff.pk == by.pk:
            raise Refused("Nobody gives themselves a role: somebody else asks for yours.")
        _check(staff, role, patches, by)
        asked = RoleAsked(
            landlord_id=staff.landlord_id, staff=staff, role=role, patches=sorted(patches), asked_by=by, asked_at=now
        )
        at_once = not takes_two(staff.landlord_id, role)
        if at_once:
            asked.outcome, asked.decided_by, asked.decided_at = "granted", by, now
        asked.save(force_insert=True)
        log.detail.update(asked=asked.pk, granted=at_once)
        if at_once:
            grant(asked, now=now)
    return at_once


def grant(asked: RoleAsked, *, now: datetime) -> None:
    """This function will give somebody the role that was asked for, beside the patches in which they hold it already."""
    held = StaffRole.objects.select_for_update().filter(staff_id=asked.staff_id, role=asked.role).first()
    if held is None:
        StaffRole.objects.create(
            landlord_id=asked.landlord_id, staff_id=asked.staff_id, role=asked.role, patches=asked.patches
        )
    else:
        # No patch means all of them.
        held.patches = sorted({*held.patches, *asked.patches}) if held.patches and asked.patches else []
        held.save(update_fields=["patches"])
    reproject_cases_of(asked.staff, roles=[asked.role], now=now)


def _check(staff: Staff, role: str, patches: Sequence[str], by: Staff) -> None:
    landlord = settings_of(by.landlord_id)
    faults: dict[str, tuple[str, ...]] = {}
    if staff.landlord_id != by.landlord_id or not staff.is_active:
        raise Faulty({"staff": ("They do not work here.",)})
    # Read anew: somebody may have been given a role since this object of them was read.
    held = {row.role: row.patches for row in StaffRole.objects.filter(staff=staff)}
    if role not in landlord.roles:
        faults["role"] = ("Choose one of the roles.",)
    elif why_not := why_not_together(landlord.id, [*held, role]):
        faults["role"] = (why_not,)
    elif role in held and (not held[role] or (patches and set(patches) <= set(held[role]))):
        faults["role"] = ("They hold this role already.",)
    elif RoleAsked.objects.filter(staff=staff, role=role, outcome="").exists():
        faults["role"] = ("It has been asked for already, and waits for somebody to approve it.",)
    if any(patch not in landlord.patches for patch in patches):
        faults["patches"] = ("Choose only patches in the list.",)
    if faults:
        raise Faulty(faults)
