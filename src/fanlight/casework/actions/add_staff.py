"""Takes somebody on: an account, and the roles that they hold in which patches."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Landlord, Staff, StaffRole


def add_staff(
    *,
    landlord: Landlord,
    name: str,
    email: str,
    roles: Mapping[str, Sequence[str]],
    by: Staff | None,
    now: datetime,
) -> Staff:
    """This function will make an account with roles (each with its patches; none means all of them), and give it.

    Nobody can sign in with it until they have set a password with a code, or been linked to an identity provider.
    `by` is None where the installation's own operator does it. Raises Faulty.
    """
    staff = Staff(landlord=landlord)
    staff.name, staff.email = name.strip(), email.strip().lower()
    if faults := _faults_of(staff, roles):
        raise Faulty(faults)
    staff.set_unusable_password()
    with transaction.atomic():
        staff.save(force_insert=True)
        StaffRole.objects.bulk_create(
            StaffRole(landlord=landlord, staff=staff, role=role, patches=list(patches))
            for role, patches in roles.items()
        )
        detail = {"staff": staff.pk, "roles": sorted(roles)}
        add_row("add_staff", "done", detail, landlord_id=landlord.pk, by=by, now=now)
    return staff


def _faults_of(staff: Staff, roles: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    settings = settings_of(staff.landlord_id)
    faults: dict[str, tuple[str, ...]] = {}
    if not staff.name:
        faults["name"] = ("Say what they are called.",)
    try:
        validate_email(staff.email)
    except ValidationError:
        faults["email"] = ("That is not an e-mail address.",)
    if Staff.objects.filter(email_index=staff.email_index).exists():
        faults["email"] = ("Somebody has an account with this e-mail address.",)
    wrong = [
        f"{role} is not one of its roles: {', '.join(settings.roles)}." for role in roles if role not in settings.roles
    ]
    for patch in (patch for patches in roles.values() for patch in patches if patch not in settings.patches):
        wrong.append(f"{patch} is not one of its patches: {', '.join(settings.patches)}.")
    if not roles:
        wrong.append("Give them a role.")
    if wrong:
        faults["roles"] = tuple(wrong)
    return faults
