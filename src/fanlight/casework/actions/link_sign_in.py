"""Links somebody's account to what an identity provider knows them as; from then on it alone says that it is them."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from fanlight.casework.actions.end_sessions import end_others
from fanlight.casework.actions.give_code import demand_administrator
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.identity.provider import PROVIDER, known_as_of
from fanlight.casework.models import OneTimeCode, Staff


def link_sign_in(*, staff: Staff, tenant: str, subject: str, by: Staff | None, now: datetime) -> None:
    """This function will link somebody to one object of a tenant, in place of any other, and take their password away.

    `by` is None where the installation's own operator does it. Raises NotFound, Refused and Faulty.
    """
    if by is None:
        with transaction.atomic():
            _link(staff, tenant, subject)
            add_row("link_sign_in", "done", {"staff": staff.pk}, landlord_id=staff.landlord_id, by=None, now=now)
        return
    with logged("link_sign_in", by=by, now=now) as row_of_log:
        row_of_log.detail["staff"] = staff.pk
        demand_administrator(by, staff)
        _link(staff, tenant, subject)


def _link(staff: Staff, tenant: str, subject: str) -> None:
    if settings.IDENTITY_PROVIDER is None:
        raise Faulty({"": ("No identity provider is set for this installation.",)})
    if not subject.strip():
        raise Faulty({"subject": ("Enter the object ID",)})
    known_as = known_as_of(settings.IDENTITY_PROVIDER["issuer"], tenant.strip(), subject.strip())
    if SocialAccount.objects.filter(provider=PROVIDER, uid=known_as).exclude(user_id=staff.pk).exists():
        raise Faulty({"subject": ("Somebody else is linked to this already.",)})
    SocialAccount.objects.update_or_create(
        user_id=staff.pk, provider=PROVIDER, defaults={"uid": known_as, "extra_data": {}}
    )
    staff.set_unusable_password()
    staff.save(update_fields=["password"])
    OneTimeCode.objects.filter(staff=staff).delete()
    end_others(staff, "")
