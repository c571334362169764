"""Gives somebody a code with which they set a password, once: how an account begins, and what a forgotten password needs."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from fanlight.casework import access
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import FactorReset, OneTimeCode, Staff

LASTS = timedelta(hours=72)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH, _GROUP = 20, 4


def give_code(*, staff: Staff, by: Staff | None, now: datetime) -> str:
    """This function will make a code for somebody and give it, this once; the one that they had before counts no more.

    `by` is None where the installation's own operator does it. Whoever took away the second step of somebody may not also
    give them a code: with both, one person could sign in as another. Raises NotFound and Refused.
    """
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    if by is None:
        _keep(staff, code, by, now)
        add_row("give_code", "done", {"staff": staff.pk}, landlord_id=staff.landlord_id, by=None, now=now)
    else:
        with logged("give_code", by=by, now=now) as row_of_log:
            row_of_log.detail["staff"] = staff.pk
            demand_administrator(by, staff)
            if FactorReset.objects.filter(staff=staff, by=by, told_at=None).exists():
                raise access.Refused(
                    "You took away their second step, and they have not signed in since. Somebody else has to give the code."
                )
            _keep(staff, code, by, now)
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def digest_of(code: str) -> str:
    """This function will give what is kept of a code; how it was grouped, and in which case it was typed, is all one."""
    return sha256("".join(letter for letter in code.upper() if letter.isalnum()).encode()).hexdigest()


def forget_used_code(*, by: Staff) -> None:
    """This function will forget the code with which somebody set their password, now that they have signed in."""
    OneTimeCode.objects.filter(staff=by).exclude(used_at=None).delete()


def demand_administrator(by: Staff, staff: Staff) -> None:
    """This function will raise NotFound or Refused unless somebody looks after a colleague's account, and not their own."""
    if by.landlord_id != staff.landlord_id:
        raise access.NotFound
    access.demand(by, "staff:administer")
    if by.pk == staff.pk:
        raise access.Refused("Somebody else has to do this for you.")


def _keep(staff: Staff, code: str, by: Staff | None, now: datetime) -> None:
    kept = {"digest": digest_of(code), "made_at": now, "made_by": by, "until": now + LASTS, "used_at": None}
    OneTimeCode.objects.update_or_create(staff=staff, defaults=kept)
