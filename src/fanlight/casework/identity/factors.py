"""The second step of signing in: an authenticator app, passkeys, and recovery codes. Who must have one, and what proves one.

The secrets of an app and of recovery codes are sealed under the key of the person whose they are, through the one hook
that django-allauth has for it. A code of an app counts once: the step of time that it belongs to is remembered.
"""

from __future__ import annotations

from base64 import b32encode, b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from hmac import compare_digest
from secrets import token_bytes
from typing import Any, NamedTuple

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction

from fanlight.casework import access, keys
from fanlight.casework.models import Staff

APP, PASSKEY, RECOVERY = "totp", "webauthn", "recovery_codes"
PROOFS = (APP, PASSKEY)
"""What counts as a second step; recovery codes only stand in for one."""

PERIOD = 30
"""Seconds for which a code of an app is shown."""
_TOLERANCE = (0, -1, 1)
_SECRET_BYTES = 20


class Factor(NamedTuple):
    """One thing with which somebody can take the second step."""

    id: int
    kind: str
    added_at: datetime
    used_at: datetime | None


def must_have_one(staff: Staff) -> bool:
    """This function will say whether somebody must take a second step: whoever may do more than report and read the policy."""
    return settings.SECOND_FACTOR == "required" and any(
        held.settings.permissions - access.EVERYBODY for held in access.roles_of(staff)
    )


def factors_of(staff: Staff) -> tuple[Factor, ...]:
    """This function will list what somebody can take the second step with, the oldest first; recovery codes are not in it."""
    rows = Authenticator.objects.filter(user_id=staff.pk, type__in=PROOFS).order_by("created_at", "pk")
    return tuple(Factor(*row) for row in rows.values_list("pk", "type", "created_at", "last_used_at"))


def has(staff: Staff, kind: str) -> bool:
    """This function will say whether somebody has a second step of a kind, or recovery codes."""
    return Authenticator.objects.filter(user_id=staff.pk, type=kind).exists()


def recovery_codes_left(staff: Staff) -> int:
    """This function will count the recovery codes that somebody has not used."""
    found = Authenticator.objects.filter(user_id=staff.pk, type=RECOVERY).first()
    return settings.MFA_RECOVERY_CODE_COUNT - int(found.data["used_mask"]).bit_count() if found else 0


def new_secret() -> str:
    """This function will make the secret of an authenticator app."""
    return b32encode(token_bytes(_SECRET_BYTES)).decode()


def hide(staff: Staff, secret: str) -> str:
    """This function will seal the secret of an app that is being set up, so that it can wait in a session."""
    with _secrets_of(staff, "app_to_be"):
        return FactorAdapter().encrypt(secret)


def reveal(staff: Staff, hidden: str) -> str:
    """This function will open the secret of an app that is being set up. It raises Unreadable."""
    with _secrets_of(staff, "app_to_be"):
        return FactorAdapter().decrypt(hidden)


def step_of(secret: str, code: str, now: datetime, *, after: int = -1) -> int | None:
    """This function will give the step of time to which an app's code belongs; None where it is wrong, old or used."""
    typed = "".join(code.split())
    current = int(now.timestamp()) // PERIOD
    for step in (current + away for away in _TOLERANCE):
        if step > after and compare_digest(typed.encode(), format_hotp_value(hotp_value(secret, step)).encode()):
            return step
    return None


@transaction.atomic
def prove_by_app(staff: Staff, code: str, now: datetime) -> bool:
    """This function will say whether a code is the app's and has not been used, and let it count no more."""
    row = Authenticator.objects.select_for_update().filter(user_id=staff.pk, type=APP).first()
    if row is None:
        return False
    with _secrets_of(staff, APP):
        secret = FactorAdapter().decrypt(row.data["secret"])
    step = step_of(secret, code, now, after=row.data["step"])
    if step is None:
        return False
    row.data["step"] = step
    row.last_used_at = now
    row.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def prove_by_recovery_code(staff: Staff, code: str, now: datetime) -> bool:
    """This function will say whether a recovery code is theirs and has not been used, and use it up."""
    row = Authenticator.objects.select_for_update().filter(user_id=staff.pk, type=RECOVERY).first()
    if row is None:
        return False
    with _secrets_of(staff, RECOVERY):
        if not RecoveryCodes(row).validate_code("".join(code.split())):
            return False
    Authenticator.objects.filter(pk=row.pk).update(last_used_at=now)
    return True


def keep_app(staff: Staff, secret: str, step: int, now: datetime) -> None:
    """This function will make an app somebody's, in place of the one that they had; the code that proved it counts no more."""
    Authenticator.objects.filter(user_id=staff.pk, type=APP).delete()
    with _secrets_of(staff, APP):
        sealed = FactorAdapter().encrypt(secret)
    data = {"secret": sealed, "step": step}
    Authenticator.objects.create(user=staff, type=APP, data=data, created_at=now, last_used_at=now)


def keep_passkey(staff: Staff, credential: Mapping[str, Any], now: datetime) -> None:
    """This function will make a passkey somebody's: its public key, and nothing that they typed."""
    Authenticator.objects.create(user=staff, type=PASSKEY, data={"credential": credential, "name": ""}, created_at=now)


def new_recovery_codes(staff: Staff, now: datetime) -> list[str]:
    """This function will give somebody new recovery codes; the old ones count no more."""
    Authenticator.objects.filter(user_id=staff.pk, type=RECOVERY).delete()
    with _secrets_of(staff, RECOVERY):
        made = RecoveryCodes.activate(staff)
        Authenticator.objects.filter(pk=made.instance.pk).update(created_at=now)
        return made.generate_codes()


_WHOSE: ContextVar[tuple[keys.Subject, keys.Place] | None] = ContextVar("whose secret", default=None)


@contextmanager
def _secrets_of(staff: Staff, kind: str) -> Iterator[None]:
    """This function will say whose secrets are sealed and opened meanwhile: allauth's hook is not told."""
    place = keys.Place("mfa_authenticator", staff.mark, kind)
    token = _WHOSE.set((keys.Subject("staff", staff.mark), place))
    try:
        yield
    finally:
        _WHOSE.reset(token)


class FactorAdapter(DefaultMFAAdapter):
    """What django-allauth asks of us: to seal its secrets, and to name somebody to their own browser."""

    def encrypt(self, text: str) -> str:
        """This function will seal a secret of the person in hand; of nobody in particular, it refuses."""
        subject, place = _in_hand()
        return b64encode(keys.seal(subject, place, text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """This function will open a secret of the person in hand. It raises Unreadable."""
        subject, place = _in_hand()
        return keys.unseal(subject, place, b64decode(encrypted_text))

    def get_totp_label(self, user: Any) -> str:
        """This function will name an account in an authenticator app."""
        return str(user.email)

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """This function will name somebody to the device that makes a passkey for them."""
        return {"id": str(user.pk).encode(), "name": user.email, "display_name": user.name}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This function will name the site to the device: a name that gives nothing away."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Fanlight"}


def _in_hand() -> tuple[keys.Subject, keys.Place]:
    found = _WHOSE.get()
    if found is None:
        raise keys.Unreadable("It was not said whose secret this is.")
    return found
