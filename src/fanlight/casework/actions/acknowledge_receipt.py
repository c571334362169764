"""The receiver of a hand-over says that it has arrived."""

from datetime import datetime

from fanlight.casework.access import THE_CASE_ITSELF, Refused, Standing, demand_receiver
from fanlight.casework.actions.assign_case import assignment
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.record_entry import role_to_take
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.models import Case, Referral, Staff


def acknowledge_receipt(
    *,
    case: Case,
    sequence: int,
    confirmed_by: str = "",
    note: str = "",
    at: datetime | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """This function will record the receipt of the referral at `sequence`.

    A hand-over that names a colleague is acknowledged by them alone; that of the case itself makes them
    its lead. For a service outside, whoever may write in the case records who confirmed it.
    """
    with logged("acknowledge_receipt", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        referral = locked.referrals.filter(sequence=sequence).first()
        if referral is None:
            raise Faulty({"sequence": ("There is no such hand-over in this case.",)})
        _check(referral, standing, by)
        fields = {"to": referral.to, "by": confirmed_by or (by.name if referral.to_staff_id else "")}
        drafts = [Draft("receipt", fields, note=note, of_sequence=sequence, at=at)]
        if referral.to_staff_id == by.pk and referral.to == THE_CASE_ITSELF and locked.status != "closed":
            drafts.append(assignment(locked, by, role_to_take(locked, by)))
        write(locked, standing, drafts, log=log, by=by, now=now)


def _check(referral: Referral, standing: Standing, by: Staff) -> None:
    if referral.received_at is not None:
        raise Refused("This has been acknowledged already.")
    demand_receiver(by, referral)
    if referral.to_staff_id is None and (why_not := standing.why_not_record("receipt")):
        raise Refused(why_not)
