"""What the manager does about a person who does not answer, or about a contact past the safe-contact gate, goes on the record."""

from datetime import datetime

from fanlight.casework.access import Refused, Standing
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, says_something, write
from fanlight.casework.models import Case, Staff
from fanlight.casework.rulings import Told

OUTCOMES = ("seen", "not_seen", "police")


def settle_contact(
    *,
    case: Case,
    what: str,
    outcome: str = "",
    note: str,
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will record what came of a welfare check (`what` is welfare; `outcome` seen, not_seen or police), or that
    somebody who answers for it has looked at a contact past the gate (`what` is gate). It gives the entry's sequence.

    The attempts are counted anew from there. Raises NotFound, Refused, Faulty, Conflict.
    """
    with logged("settle_contact", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        _demand(standing)
        if what not in ("welfare", "gate"):
            raise Faulty({"what": ("Say what it is about.",)})
        if (locked.welfare_since if what == "welfare" else locked.past_the_gate_since) is None:
            raise Refused("Nothing waits here: somebody has seen to it already.")
        if what == "gate":
            _check_who(log.told(locked), by)
        elif outcome not in OUTCOMES:
            raise Faulty({"outcome": ("Say what came of it.",)})
        if not says_something(note):
            raise Faulty({"note": ("Say what was done.",)})
        reach = {"settles": what, **({"outcome": outcome} if what == "welfare" else {})}
        log.detail["what"] = what
        draft = Draft("learned", note=note, reach=reach)
        return write(locked, standing, [draft], expected_sequence=expected_sequence, log=log, by=by, now=now)


def _demand(standing: Standing) -> None:
    if not standing.can("duties:team"):
        raise Refused("Your role may not do this: it is for whoever answers for the team's duties.")
    if why_not := standing.why_not_record("learned"):
        raise Refused(why_not)


def _check_who(told: list[Told], by: Staff) -> None:
    """Nobody looks at their own contact past the gate."""
    since = max((row.sequence for row in told if (row.payload.get("reach") or {}).get("settles") == "gate"), default=0)
    past = [row for row in told if row.sequence > since and (row.payload.get("reach") or {}).get("past")]
    if any(row.by_id == by.pk for row in past):
        raise Refused("You did it yourself: somebody else looks at it.")
