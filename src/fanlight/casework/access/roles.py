"""The roles that people hold: how far each reaches, and what it may do wherever it reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from fanlight.casework import sql
from fanlight.casework.access.permissions import EVERYBODY, IN_EMERGENCY, PERMISSIONS, STANDING_IN
from fanlight.casework.access.refusals import Refused
from fanlight.casework.landlords import RoleSettings, settings_of
from fanlight.casework.models import Case, Staff, StaffRole


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that somebody holds: what it may do, and where; no patch means everywhere."""

    settings: RoleSettings
    patches: tuple[str, ...]
    areas: tuple[str, ...]
    is_for_an_emergency: bool = False

    @property
    def role(self) -> str:
        """The id of the role."""
        return self.settings.role

    def has(self, permission: str) -> bool:
        """This function will say whether the role has a permission, wherever it reaches."""
        return permission in self.settings.permissions

    def sees(self, restricted: bool) -> bool:
        """This function will say whether the role sees cases that are restricted, or those that are not, at all."""
        return self.has("colleague_case:see" if restricted else "case:see")

    def covers(self, area: str, patch: str) -> bool:
        """This function will say whether a patch is the role's; one that is not known may be."""
        if not self.patches:
            return True
        return patch in self.patches if patch else not area or area in self.areas

    def reaches(self, case: Case, *, own: bool) -> bool:
        """This function will say whether the role shows a case; `own` says that the case is theirs to work on."""
        if not self.sees(case.restricted):
            return False
        if case.status == "new" and self.has("report:triage"):
            return True
        scope = self.settings.scope
        return scope == "landlord" or (scope == "team" and self.covers(case.area, case.patch)) or own

    def as_filter(self, own: Q) -> Q:
        """This function will give the same as `reaches`, as a filter over cases."""
        kinds = [restricted for restricted in (False, True) if self.sees(restricted)]
        match kinds:
            case []:
                return NOTHING
            case [one]:
                return self._reach(own) & Q(restricted=one)
        return self._reach(own)

    def _reach(self, own: Q) -> Q:
        scope = self.settings.scope
        if scope == "landlord" or (scope == "team" and not self.patches):
            return EVERYTHING
        found = own
        if self.has("report:triage"):
            found |= Q(status="new")
        if scope == "team":
            found |= Q(patch__in=self.patches) | Q(patch="", area="") | Q(patch="", area__in=self.areas)
        return found

    def in_place_of_the_lead(self) -> "RoleHeld":
        """This function will give the role as it is in a case that came to it because the lead may not see it."""
        permissions = self.settings.permissions | STANDING_IN
        return replace(self, settings=replace(self.settings, scope="landlord", permissions=permissions))

    def in_emergency(self) -> "RoleHeld":
        """This function will give what is left of the role in a case that was opened in an emergency."""
        permissions = self.settings.permissions & IN_EMERGENCY
        return replace(self, settings=replace(self.settings, permissions=permissions), is_for_an_emergency=True)


EVERYTHING = ~Q(pk__in=[])
NOTHING = Q(pk__in=[])


def roles_of(staff: Staff) -> tuple[RoleHeld, ...]:
    """This function will give the roles that somebody holds, those that their landlord still has."""
    return held_of(staff.landlord_id, staff.roles_held) if staff.is_active else ()


def roles_of_people(case: Case, people: Iterable[int]) -> Mapping[int, tuple[RoleHeld, ...]]:
    """This function will give the roles of people in a case; none of one who has left. It is one query."""
    ids = list(people)
    if not ids:
        return {}
    held: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    which = f"""from casework_staffrole held join casework_staff staff on staff.id = held.staff_id
        where held.staff_id in ({sql.marks(ids)}) and staff.is_active and staff.landlord_id = %s order by held.id"""
    for staff_id, role, patches in sql.select(which, [*ids, case.landlord_id], _OF_PEOPLE):
        held.setdefault(staff_id, []).append((role, tuple(patches)))
    return {staff_id: held_of(case.landlord_id, roles) for staff_id, roles in held.items()}


_OF_PEOPLE: sql.Columns = (StaffRole, "held", ("staff_id", "role", "patches"))


def holders_of(landlord_id: str, roles: Iterable[str]) -> Mapping[str, tuple[tuple[int, RoleHeld], ...]]:
    """This function will give who holds each of these roles, and where. It is one query."""
    wanted = sorted(roles)
    which = f"""from casework_staffrole held join casework_staff staff on staff.id = held.staff_id
        where held.landlord_id = %s and held.role in ({sql.marks(wanted)}) and staff.is_active"""
    found: dict[str, list[tuple[int, RoleHeld]]] = {}
    for staff_id, role, patches in sql.select(which, [landlord_id, *wanted], _OF_PEOPLE) if wanted else ():
        found.setdefault(role, []).extend((staff_id, held) for held in held_of(landlord_id, [(role, tuple(patches))]))
    return {role: tuple(holders) for role, holders in found.items()}


def held_of(landlord_id: str, held: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[RoleHeld, ...]:
    landlord = settings_of(landlord_id)
    return tuple(
        RoleHeld(landlord.roles[role], patches, tuple(dict.fromkeys(landlord.area_of(patch) for patch in patches)))
        for role, patches in held
        if role in landlord.roles
    )


def roles_to_lead(staff: Staff, restricted: bool) -> tuple[str, ...]:
    """This function will list the roles in which somebody can lead a case: those that see it and may write in it."""
    return tuple(held.role for held in roles_of(staff) if held.sees(restricted) and held.has("case:write"))


def standing_in(landlord_id: str, roles: Iterable[RoleHeld]) -> tuple[RoleHeld, ...]:
    """Of these roles, those that have a case which the lead may not see; each as it is there."""
    named = settings_of(landlord_id).when_the_lead_is_named
    return tuple(role.in_place_of_the_lead() for role in roles if role.role in named)


def left_in_emergency(roles: Iterable[RoleHeld], permission: str | None) -> tuple[RoleHeld, ...]:
    """What is left of the roles for an emergency: of those that see cases, where one of them lets somebody use it."""
    if not any(role.has("emergency:use") for role in roles):
        return ()
    left = (role.in_emergency() for role in roles if role.sees(False))
    return tuple(role for role in left if permission is None or role.has(permission))


def may(staff: Staff, permission: str) -> bool:
    """This function will say whether somebody may do something at all, in whichever case their role has them do it."""
    if not staff.is_active:
        return False
    return permission in EVERYBODY or any(role.has(permission) for role in roles_of(staff))


def permissions_of(staff: Staff) -> frozenset[str]:
    """This function will give everything that somebody may do at all, for a page that asks of many things."""
    held = (role.settings.permissions for role in roles_of(staff))
    return EVERYBODY.union(*held) if staff.is_active else frozenset()


def may_name_deputy(by: Staff, staff: Staff) -> bool:
    """This function will say whether somebody may name a deputy for `staff`, and end what one does."""
    if by.landlord_id != staff.landlord_id:
        return False
    return (by.pk == staff.pk and by.is_active) or may(by, "staff:administer") or may(by, "staff:approve")


def may_review_emergencies(staff: Staff) -> bool:
    """This function will say whether somebody reviews emergencies: by a role, or in place of a lead who may not see the case."""
    standing_in = settings_of(staff.landlord_id).when_the_lead_is_named
    return any(role.has("emergency:review") or role.role in standing_in for role in roles_of(staff))


def leads(staff: Staff) -> bool:
    """This function will say whether somebody is one of those to whom triage escalates."""
    escalates_to = settings_of(staff.landlord_id).escalates_to
    return any(role.role in escalates_to for role in roles_of(staff))


def demand(staff: Staff, permission: str) -> None:
    """This function will raise Refused, with a sentence, where somebody may not do something at all."""
    if not may(staff, permission):
        raise Refused(f"Your role may not do this: {PERMISSIONS[permission][0].lower()}{PERMISSIONS[permission][1:]}")
