"""Says what became of a referral: received, accepted, declined, challenged, escalated, done, withdrawn."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.referring import add_step, referral_in, unsent, waiting_share
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.referrals import said_of, state_and_since
from fanlight.casework.referring import MUST_SAY_WHY, STATES, next_state

MEANS_RECEIVED = ("received", "accepted", "declined", "done")


def say_of_referral(
    *,
    case: Case,
    number: int,
    what: str,
    note: str = "",
    heard_from: str = "",
    at: datetime | None = None,
    by: Staff,
    now: datetime,
) -> str:
    """This function will write down what became of a referral, and give its state.

    Whoever answers has received it: the receipt goes on the record, from `heard_from`. A referral that is withdrawn before it was
    received is struck out, with the reason: what it met is owed again. Raises NotFound, Refused, Faulty.
    """
    with logged("say_of_referral", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if why_not := standing.why_not_record("referral"):
            raise Refused(why_not)
        row = referral_in(locked, number)
        before, _ = state_and_since(row)
        after = next_state(before, what)
        if after is None:
            raise Refused(f"That cannot be said of it now: {STATES[before][0].lower()}{STATES[before][1:]}.")
        note = clean_text(note)
        if what in MUST_SAY_WHY and not says_something(note):
            raise Faulty({"note": ("Say why, or what they said.",)})
        if at is not None and (at > now or (row.sent_at is not None and at < row.sent_at)):
            raise Faulty({"at": ("That moment is before it was sent, or still to come.",)})
        drafts = []
        if before == "sent" and what in MEANS_RECEIVED:
            fields = {"to": row.to, "by": clean_text(heard_from) or said_of(row).get("name", "")}
            drafts.append(Draft("receipt", fields, note=note, of_sequence=row.sequence, at=at))
        elif before == "sent" and what == "withdrawn":
            drafts.append(
                Draft("struck", {"reason": f"Withdrawn before it was received. {note}"}, of_sequence=row.sequence)
            )
        if drafts:
            write(locked, standing, drafts, log=log, by=by, now=now)
        if before == "sent" and what == "withdrawn":
            unsent(locked, row.sequence)
        if what == "withdrawn" and (waits := waiting_share(row)) is not None:
            waits.stopped_at, waits.stopped_by, waits.stopped_because, waits.decision = now, by, "taken_back", note
            waits.save(force_update=True)
            log.detail["share"] = waits.pk
        if what != "received":
            row.state = after
            row.save(update_fields=["state"])
            add_step(row, what, note=note, at=at or now, by=by)
        log.detail |= {"referral": row.pk, "said": what}
    return after
