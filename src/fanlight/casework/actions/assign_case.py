"""Gives a case to somebody: at once where nobody leads it, and else when they say that they have it."""

from datetime import datetime

from fanlight.casework.access import THE_CASE_ITSELF, Refused, kept_away, roles_of, roles_to_lead
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.record_entry import (
    check_handover,
    check_recipient,
    check_they_could_take,
    handover_note,
)
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.models import Case, Staff


def assign_case(
    *,
    case: Case,
    to: Staff,
    role: str,
    note: str = "",
    reason: str = "",
    at_once: bool = False,
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> bool:
    """This function will give a case to `to`, in a role that they hold, and say whether they lead it from now on.

    A case that somebody leads stays theirs until `to` has acknowledged it, unless it is to change hands `at_once`, or whoever
    leads it cannot: they have left, or are kept from it. What the next one must know (`note`) is needed then, and where the
    policy has one point of contact why it changes (`reason`). Raises NotFound, Refused, Faulty, Stopped, Conflict.
    """
    with logged("assign_case", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if why_not := standing.why_not_record("assigned"):
            raise Refused(why_not)
        takes_over = assignment(locked, to, role)
        check_handover(locked, to, note=note, reason=reason)
        note = handover_note(note, reason)
        if waits := not at_once and _can_hand_over(locked, to):
            if why_not := standing.why_not_record("referral"):
                raise Refused(why_not)
            check_they_could_take(locked, standing, to, role, log.told(locked), now)
            draft = Draft("referral", {"to": THE_CASE_ITSELF}, note=note, to_staff=to)
        else:
            draft = Draft("assigned", takes_over.fields, note=note, to_staff=to)
        log.detail["at_once"] = not waits
        write(locked, standing, [draft], expected_sequence=expected_sequence, log=log, by=by, now=now)
    return not waits


def assignment(case: Case, to: Staff, role: str, *, note: str = "") -> Draft:
    """This function will give the entry by which somebody takes a case; Refused for somebody who cannot.

    Whether they are female staff is what they have said of themselves, and not said where nobody has.
    """
    check_recipient(case, to)
    if role not in roles_to_lead(to, case.restricted):
        raise Refused("They do not hold a role in which they can take this case.")
    return Draft("assigned", {"to": role, "female": to.is_female_staff}, note=note, to_staff=to)


def _can_hand_over(case: Case, to: Staff) -> bool:
    """Whether somebody else leads the case who can go on leading it until it is received."""
    if case.lead is None or case.lead_id == to.pk:
        return False
    return bool(roles_of(case.lead)) and case.lead_id not in kept_away(case).people
