"""Gives somebody a second step: an authenticator app, a passkey, or new recovery codes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.identity import factors
from fanlight.casework.models import Staff

WRONG_CODE = "That is not the code that your app shows now. Wait for the next one and try again."


def add_app(*, by: Staff, secret: str, code: str, now: datetime) -> None:
    """This function will make an app somebody's second step, in place of the one that they had. Raises Faulty."""
    with logged("add_factor", by=by, now=now) as row:
        row.detail["factor"] = factors.APP
        step = factors.step_of(secret, code, now)
        if step is None:
            raise Faulty({"code": (WRONG_CODE,)})
        factors.keep_app(by, secret, step, now)


def add_passkey(*, by: Staff, credential: Mapping[str, Any], now: datetime) -> None:
    """This function will make a passkey one of somebody's second steps; that it is theirs was proved before."""
    with logged("add_factor", by=by, now=now) as row:
        row.detail["factor"] = factors.PASSKEY
        factors.keep_passkey(by, credential, now)


def renew_recovery_codes(*, by: Staff, now: datetime) -> list[str]:
    """This function will give somebody new recovery codes, this once; the old ones count no more."""
    with logged("add_factor", by=by, now=now) as row:
        row.detail["factor"] = factors.RECOVERY
        return factors.new_recovery_codes(by, now)
