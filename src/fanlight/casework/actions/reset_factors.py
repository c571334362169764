"""Takes away the second step of somebody who has lost it, so that they can set up another."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from fanlight.casework.access import Refused
from fanlight.casework.actions.end_sessions import end_others
from fanlight.casework.actions.give_code import demand_administrator
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import FactorReset, OneTimeCode, Staff


def reset_factors(*, staff: Staff, by: Staff, now: datetime) -> None:
    """This function will take every second step from somebody, end their sessions, and have them told when they sign in.

    They still need their password. Whoever gave them a code for a new one, which they have not followed by signing in, may
    not take the second step as well: with both, one person could sign in as another. Raises NotFound and Refused.
    """
    with logged("reset_factors", by=by, now=now) as row:
        row.detail["staff"] = staff.pk
        demand_administrator(by, staff)
        given = OneTimeCode.objects.filter(staff=staff, made_by=by).first()
        if given is not None and (given.used_at is not None or given.until > now):
            raise Refused(
                "You gave them a code for a new password, and they have not signed in since. Somebody else has to do this."
            )
        Authenticator.objects.filter(user_id=staff.pk).delete()
        row.detail["ended"] = end_others(staff, "")
        FactorReset.objects.create(staff=staff, by=by, at=now)


def tell_of_resets(*, by: Staff, now: datetime) -> list[datetime]:
    """This function will give the moments at which somebody's second step was taken away and they were not told; now they are."""
    untold = FactorReset.objects.filter(staff=by, told_at=None).order_by("at")
    moments = list(untold.values_list("at", flat=True))
    if moments:
        untold.update(told_at=now)
    return moments


def is_to_be_told(*, by: Staff) -> bool:
    """This function will say whether somebody's second step was taken away and they do not know it yet."""
    return FactorReset.objects.filter(staff=by, told_at=None).exists()
