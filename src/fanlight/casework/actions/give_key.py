"""Gives a program a key with which it asks about addresses: the landlord's housing system, which has no second step to take."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from fanlight.casework.access import Refused, roles_of
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.landlords import SEEING
from fanlight.casework.models import ProgramKey, Staff

_BYTES = 32


def give_key(*, staff: Staff, by: None, now: datetime) -> str:
    """This function will make a key for the account of a program and give it, this once; the one that it had before counts no more.

    The installation's own operator does it (`by` is None). Raises Refused for an account that sees cases: a key lies in a file, and whoever
    copies it asks as that account.
    """
    with transaction.atomic():
        if any(role.settings.permissions & SEEING for role in roles_of(staff)):
            raise Refused("That account sees cases: give the program one of its own, with a role that sees none.")
        key = secrets.token_urlsafe(_BYTES)
        ProgramKey.objects.update_or_create(staff=staff, defaults={"digest": digest_of(key), "made_at": now})
        add_row("give_key", "done", {"staff": staff.pk}, landlord_id=staff.landlord_id, by=by, now=now)
    return key


def digest_of(key: str) -> str:
    """This function will give what is kept of a key: it is long and of chance, so that its digest gives nothing away."""
    return sha256(key.encode()).hexdigest()
