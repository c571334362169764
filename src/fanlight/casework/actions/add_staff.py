"""Takes somebody on: an account, and the roles that they hold in which patches."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fanlight.casework.access import Refused, demand, takes_two, why_not_together
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_postcode import fault_of_postcode
from fanlight.casework.actions.write import clean_text
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Landlord, RoleAsked, Staff, StaffRole
from fanlight.casework.unseen import wrong_in_a_name

LONGEST_NAME = 120


def add_staff(
    *,
    landlord: Landlord,
    name: str,
    email: str,
    roles: Mapping[str, Sequence[str]],
    postcode: str = "",
    by: Staff | None,
    now: datetime,
) -> Staff:
    """This function will make an account with roles (each with its patches; none means all of them), and give it.

    Nobody can sign in with it until they have set a password with a code, or been linked to an identity provider.
    `by` is None where the installation's own operator does it from the command line, for the first people: they have
    all their roles at once. Where a colleague does it, a role that sees cases waits for a second person.
    Of their home `postcode`, where they gave it, the fingerprint alone is kept.
    Raises Refused, Faulty.
    """
    if by is not None:
        with logged("add_staff", by=by, now=now) as log:
            demand(by, "staff:administer")
            if by.landlord_id != landlord.pk:
                raise Refused("You can take somebody on for your own landlord.")
            waiting = [
                role for role in roles if role in settings_of(landlord.pk).roles and takes_two(landlord.pk, role)
            ]
            staff = _make(landlord, name, email, roles, postcode, waiting)
            RoleAsked.objects.bulk_create(
                RoleAsked(
                    landlord=landlord, staff=staff, role=role, patches=sorted(roles[role]), asked_by=by, asked_at=now
                )
                for role in waiting
            )
            log.detail.update(staff=staff.pk, roles=sorted(roles.keys() - set(waiting)), asked=sorted(waiting))
        return staff
    with transaction.atomic():
        staff = _make(landlord, name, email, roles, postcode, ())
        detail = {"staff": staff.pk, "roles": sorted(roles), "from": "command line"}
        add_row("add_staff", "done", detail, landlord_id=landlord.pk, by=None, now=now)
    return staff


def _make(
    landlord: Landlord,
    name: str,
    email: str,
    roles: Mapping[str, Sequence[str]],
    postcode: str,
    waiting: Collection[str],
) -> Staff:
    staff = Staff(landlord=landlord)
    staff.name, staff.email = clean_text(name), clean_text(email).lower()
    faults = _faults_of(staff, roles)
    if fault := fault_of_postcode(postcode):
        faults["postcode"] = (fault,)
    if faults:
        raise Faulty(faults)
    staff.keep_postcode(postcode)
    staff.set_unusable_password()
    staff.save(force_insert=True)
    StaffRole.objects.bulk_create(
        StaffRole(landlord=landlord, staff=staff, role=role, patches=list(patches))
        for role, patches in roles.items()
        if role not in waiting
    )
    return staff


def _faults_of(staff: Staff, roles: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    settings = settings_of(staff.landlord_id)
    faults: dict[str, tuple[str, ...]] = {}
    if not staff.name:
        faults["name"] = ("Say what they are called.",)
    elif len(staff.name) > LONGEST_NAME:
        faults["name"] = (f"The name must be {LONGEST_NAME} characters or fewer.",)
    elif unseen := wrong_in_a_name(staff.name):
        faults["name"] = (unseen,)
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
    if why_not := why_not_together(staff.landlord_id, roles):
        wrong.append(why_not)
    if wrong:
        faults["roles"] = tuple(wrong)
    return faults
