"""Asks the safe-contact gate before somebody is reached; the log keeps that it was asked, and each refusal."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.reaching import NotSafe, Reach, asked, check_whom, check_words, resolved
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.reach_words import KIND_OF_PART
from fanlight.casework.queries.ways import Known
from fanlight.casework.safe_contact import Answer


def ask_to_reach(*, case: Case, reach: Reach, by: Staff, now: datetime) -> Answer:
    """This function will say how somebody in a case may be reached now. Raises NotSafe, with why not and what to do instead.

    Nothing is put on the record of the case. Raises NotFound, Refused, Faulty.
    """
    with logged("ask_to_reach", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        known = Known(locked, by, now)
        one = known.somebody(reach.part)
        kind = KIND_OF_PART[one.part] if one else "contact"
        if why_not := standing.why_not_record(kind):
            raise Refused(why_not)
        reach, index = resolved(known, reach)
        check_words(reach)
        check_whom(known, kind, reach)
        answer = asked(known, reach, index, log.told(locked), now, kind=kind, fields={})
        if not answer.allowed:
            log.detail["contact"] = answer.because
            raise NotSafe(answer)
        log.detail["contact"] = answer.set_aside or "allowed"
    return answer
