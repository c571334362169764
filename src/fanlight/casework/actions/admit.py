"""Admits somebody whom the identity provider sends: finds who it is, and takes their roles from their app roles.

Who it is, is said by issuer, tenant and object, never by an e-mail address. Somebody who is not known here is admitted
where an app role of theirs gives a role at one landlord; an account that has their address already stays closed to them
until an administrator has linked it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fanlight.casework.access import Refused, why_not_together
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.reproject import reproject_cases_of
from fanlight.casework.identity.provider import PROVIDER, known_as_of
from fanlight.casework.landlords import AppRole, settings_of
from fanlight.casework.models import Landlord, Staff, StaffRole

_NOT_KNOWN = "Your account is not linked to Fanlight yet. Ask whoever looks after accounts where you work."


def admit(*, claims: Mapping[str, Any], now: datetime) -> Staff:
    """This function will give the person whom a verified token names, with the roles that it gives them. Raises Refused."""
    staff: Staff | None = None
    try:
        with transaction.atomic():
            staff, is_new = _find_or_make(claims)
            added, removed, why_not = _take_roles(staff, claims, now)
            if not staff.is_active:
                raise _Shut("left", _NOT_KNOWN)
            if why_not:
                raise _Shut("roles that do not go together", why_not)
            if not StaffRole.objects.filter(staff=staff).exists():
                raise _Shut("no role", "You have no role in Fanlight now. Ask whoever gives them where you work.")
            detail = {"new": is_new, "added": added, "removed": removed}
            add_row("admit", "done", detail, by=staff, now=now)
            return staff
    except _Shut as shut:
        # What it made is taken back; of somebody who was known before, the log says who.
        known = staff if staff is not None and Staff.objects.filter(pk=staff.pk).exists() else None
        if known is not None:
            with transaction.atomic():
                _take_roles(known, claims, now)
        add_row("admit", "refused", {"because": shut.because}, by=known, now=now)
        refused = Refused(shut.sentence)
        refused.is_logged = True
        raise refused from shut


class _Shut(Exception):
    def __init__(self, because: str, sentence: str) -> None:
        self.because, self.sentence = because, sentence
        super().__init__(because)


def identity_of(claims: Mapping[str, Any]) -> tuple[str, str, str]:
    """This function will give issuer, tenant and object: of Entra `tid` and `oid`, of others the subject alone."""
    tenant, subject = str(claims.get("tid") or ""), str(claims.get("oid") or "")
    if not tenant or not subject:
        tenant, subject = "", str(claims["sub"])
    return str(claims["iss"]), tenant, subject


def _find_or_make(claims: Mapping[str, Any]) -> tuple[Staff, bool]:
    issuer, tenant, subject = identity_of(claims)
    known_as = known_as_of(issuer, tenant, subject)
    link = SocialAccount.objects.filter(provider=PROVIDER, uid=known_as).first()
    if link is not None:
        staff = Staff.objects.get(pk=link.user_id)
        if settings_of(staff.landlord_id).tenant not in ("", tenant):
            raise _Shut("other tenant", _NOT_KNOWN)
        return staff, False
    at = [
        landlord
        for landlord in Landlord.objects.order_by("id")
        if settings_of(landlord.pk).tenant in ("", tenant) and _given(landlord.pk, claims)
    ]
    if len(at) != 1:
        raise _Shut("no link", _NOT_KNOWN)
    email, name = _address_of(claims), str(claims.get("name") or "").strip()
    if not email or not name:
        raise _Shut("no name", "Your identity provider gave no name or no e-mail address. Ask whoever looks after it.")
    if Staff.objects.with_email(email) is not None:
        raise _Shut("not linked", _NOT_KNOWN)
    staff = Staff(landlord=at[0])
    staff.name, staff.email = name[:120], email
    staff.set_unusable_password()
    staff.save(force_insert=True)
    SocialAccount.objects.create(user=staff, provider=PROVIDER, uid=known_as, extra_data={})
    return staff, True


def _address_of(claims: Mapping[str, Any]) -> str:
    for name in ("email", "preferred_username", "upn"):
        said = str(claims.get(name) or "").strip().lower()
        try:
            validate_email(said)
        except ValidationError:
            continue
        return said
    return ""


def _given(landlord_id: str, claims: Mapping[str, Any]) -> dict[str, AppRole]:
    """This function will give the roles that a token gives at a landlord."""
    said = claims.get("roles") or ()
    names = [said] if isinstance(said, str) else [str(name) for name in said]
    app_roles = settings_of(landlord_id).app_roles
    return {app_roles[name].role: app_roles[name] for name in names if name in app_roles}


def _take_roles(staff: Staff, claims: Mapping[str, Any], now: datetime) -> tuple[list[str], list[str], str]:
    """This function will add the roles that a token gives, take away those that one gave and this one does not, and name both.

    Where those that it gives may not be held together, or with those that were given here, none of them is, and it says why.
    """
    wanted = _given(staff.landlord_id, claims)
    held = {row.role: row for row in StaffRole.objects.filter(staff=staff)}
    given_here = [role for role, row in held.items() if not row.from_provider]
    if why_not := why_not_together(staff.landlord_id, [*given_here, *wanted]):
        wanted = {}
    gone = [row for row in held.values() if row.from_provider and row.role not in wanted]
    StaffRole.objects.filter(pk__in=[row.pk for row in gone]).delete()
    added = []
    for role, gives in wanted.items():
        row = held.get(role)
        if row is None:
            added.append(role)
            StaffRole.objects.create(
                landlord_id=staff.landlord_id, staff=staff, role=role, patches=list(gives.patches), from_provider=True
            )
        elif row.from_provider and row.patches != list(gives.patches):
            row.patches = list(gives.patches)
            row.save(update_fields=["patches"])
    removed = [row.role for row in gone]
    if added or removed:
        reproject_cases_of(staff, roles=[*added, *removed], now=now)
    return added, removed, why_not
