"""Begins a referral to a service outside, or writes what it says anew: nothing has gone anywhere yet."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.referring import chosen_purpose, demand_open, draft_in, write_draft
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.referrals import purpose_of


def draft_referral(
    *,
    case: Case,
    purpose: str = "",
    to: str = "",
    service: str = "",
    name: str = "",
    answers: Mapping[str, str] = MappingProxyType({}),
    criteria: Mapping[str, bool | None] = MappingProxyType({}),
    number: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will keep a referral as a draft, with its documents made, and give its number.

    `purpose` is what it is for, or `to` the kind of service; `service` is who gets it, by the id in the directory, or `name` is somebody
    who is not in it; with neither, it is the right one, where there is one alone. `answers` fill the form; what is empty is not
    in the documents. `criteria` are the answers to those of the MARAC (casework/marac.py), where it is for that. With `number` that
    draft is written anew. Raises NotFound, Refused, Faulty.
    """
    with logged("draft_referral", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_open(locked, standing)
        before = draft_in(locked, number) if number is not None else None
        chosen = purpose_of(before) if before else chosen_purpose(locked.landlord_id, purpose, to)
        kind = before.to if before else chosen.to or to
        row = write_draft(
            locked,
            before,
            chosen,
            kind,
            service=service,
            name=name,
            answers=answers,
            criteria=criteria,
            told=log.told(locked),
            by=by,
            now=now,
        )
        log.detail["referral"] = row.pk
    return row.pk
