"""Takes one of somebody's own second steps away; the last only from somebody who need not have one."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.identity import factors
from fanlight.casework.models import Staff


def remove_factor(*, factor: int, by: Staff, now: datetime) -> None:
    """This function will take a second step away, and with the last one the recovery codes. Raises NotFound and Refused."""
    with logged("remove_factor", by=by, now=now) as row:
        held = factors.factors_of(by)
        found = next((one for one in held if one.id == factor), None)
        if found is None:
            raise NotFound
        row.detail["factor"] = found.kind
        if len(held) == 1 and factors.must_have_one(by):
            raise Refused("You need a second step. Set up another one first, and then remove this.")
        mine = Authenticator.objects.filter(user_id=by.pk)
        mine.filter(pk=factor).delete()
        if len(held) == 1:
            mine.delete()
