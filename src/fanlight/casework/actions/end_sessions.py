"""Ends sessions: one or all of one's own, or those of somebody whose account one looks after."""

import re
from datetime import datetime

from fanlight.casework.access import NotFound
from fanlight.casework.actions.give_code import demand_administrator
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import SignedIn, Staff

_DIGEST = re.compile(r"[0-9a-f]{64}")


def end_others(staff: Staff, keep: str) -> int:
    """This function will end somebody's sessions but the one to keep, and say how many there were."""
    return SignedIn.objects.filter(staff=staff).exclude(session_key=keep).delete()[0]


def end_sessions(*, of: Staff, which: str = "", keep: str = "", by: Staff, now: datetime) -> int:
    """This function will end one session of somebody's, or all but the one to `keep`, and say how many it ended.

    Raises NotFound and Refused.
    """
    with logged("end_sessions", by=by, now=now) as row:
        if of.pk != by.pk:
            row.detail["staff"] = of.pk
            demand_administrator(by, of)
        if which:
            if not _DIGEST.fullmatch(which):
                raise NotFound
            ended = SignedIn.objects.filter(staff=of, session_key=which).delete()[0]
            if not ended:
                raise NotFound
        else:
            ended = end_others(of, keep)
        row.detail["ended"] = ended
        return ended


def forget_old_sessions(*, before: datetime) -> int:
    """This function will forget the sessions that were over before a moment, and say how many there were."""
    return SignedIn.objects.filter(expire_date__lt=before).delete()[0]
