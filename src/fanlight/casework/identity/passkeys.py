"""Passkeys: what a browser is asked, and whether what it answers is right. django-allauth and fido2 do the work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.webauthn.internal import auth

from fanlight.casework.models import Staff


def ask_for_new(staff: Staff) -> str:
    """This function will give, as JSON, what to ask a browser that is to make a passkey; the challenge waits in the session."""
    return json.dumps(auth.begin_registration(staff, passwordless=False))


def new_one(answer: str) -> Mapping[str, Any] | None:
    """This function will give the passkey that a browser made, where it answers what was asked."""
    credential = _read(answer)
    if credential is None:
        return None
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except Exception:  # what a browser sends can be wrong in every way that a parser knows; it proves nothing then
        return None
    return credential


def ask_for_known(staff: Staff) -> str:
    """This function will give, as JSON, what to ask a browser that is to use a passkey of somebody's."""
    return json.dumps(auth.begin_authentication(staff))


def is_known(staff: Staff, answer: str, now: datetime) -> bool:
    """This function will say whether a browser's answer proves one of somebody's passkeys."""
    credential = _read(answer)
    if credential is None:
        return False
    try:
        found = auth.complete_authentication(staff, credential)
    except Exception:  # what a browser sends can be wrong in every way that a parser knows; it proves nothing then
        return False
    found.last_used_at = now
    found.save(update_fields=["last_used_at"])
    return True


def _read(answer: str) -> dict[str, Any] | None:
    try:
        read = json.loads(answer)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
