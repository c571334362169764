"""Records a referral that has been made at once, by telephone or on their own form, with nothing drafted before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.referring import chosen_purpose, demand_open, send, write_draft
from fanlight.casework.models import Case, Staff
from fanlight.casework.referring import Terms


def refer(
    *,
    case: Case,
    to: str,
    purpose: str = "",
    service: str = "",
    name: str = "",
    way: str = "",
    answers: Mapping[str, str] = MappingProxyType({}),
    permission: str = "",
    reason: str = "",
    own_request: bool = False,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will record a referral to a kind of service, and give the sequence of its entry.

    It asks what drafting and sending ask, in one step. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("refer", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_open(locked, standing)
        chosen = chosen_purpose(locked.landlord_id, purpose, to)
        row = write_draft(locked, None, chosen, to, service=service, name=name, answers=answers, by=by, now=now)
        return send(
            locked,
            standing,
            row,
            Terms(permission, reason, own_request),
            way=way,
            note=note,
            at=at,
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
