"""Records a referral that has been made at once, by telephone or on their own form, with nothing drafted before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.referring import Sending, chosen_purpose, demand_open, send, write_draft
from fanlight.casework.models import Case, Staff
from fanlight.casework.referring import Terms
from fanlight.casework.sharing import NOTHING_YET, Proposed


def refer(
    *,
    case: Case,
    to: str,
    purpose: str = "",
    service: str = "",
    name: str = "",
    way: str = "",
    document: str = "",
    answers: Mapping[str, str] = MappingProxyType({}),
    criteria: Mapping[str, bool | None] = MappingProxyType({}),
    permission: str = "",
    reason: str = "",
    own_request: bool = False,
    share: Proposed = NOTHING_YET,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will record a referral to a kind of service, and give the sequence of its entry; 0 where it waits to be authorised.

    It asks what drafting and sending ask, in one step. With nothing in `answers` or `note` it told nobody anything of anybody, and is
    no share; with something, `share` says why and on which grounds. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("refer", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_open(locked, standing)
        chosen = chosen_purpose(locked.landlord_id, purpose, to)
        row = write_draft(
            locked,
            None,
            chosen,
            to,
            service=service,
            name=name,
            answers=answers,
            criteria=criteria,
            told=log.told(locked),
            by=by,
            now=now,
        )
        return send(
            locked,
            standing,
            row,
            Sending(Terms(permission, reason, own_request), share, document, way, note, at),
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
