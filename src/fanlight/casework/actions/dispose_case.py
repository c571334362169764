"""Disposes of a case that somebody else looked at and let go."""

from datetime import datetime

from django.db import transaction

from fanlight.casework import keys
from fanlight.casework.access import Refused, demand, find_kept
from fanlight.casework.actions import disposal
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.models import Case, Disposal, Person, Staff
from fanlight.casework.queries.retention import kept, why_not_dispose


def dispose_case(*, reference: str, by: Staff, now: datetime) -> None:
    """This function will dispose of a case for good: its key is destroyed, and what lists and searches went by is gone.

    Somebody else must have looked at it and let it go, nothing may have been written in it since, and nothing may hold it
    back. It must not run inside another transaction: the key store is a database of its own. Raises NotFound, Refused.
    """
    with transaction.atomic(durable=True):
        pass  # Django refuses it here where somebody else's transaction is open.
    with logged("dispose_case", by=by, now=now) as log:
        row, people = _order(reference, log, by, now)
    disposal.finish(row, people, now)


def _order(reference: str, log: LogRow, by: Staff, now: datetime) -> tuple[Disposal, list[Person]]:
    demand(by, "dispose:carry_out")
    log.head()
    log.case = case = find_kept(by, reference, lock=True)
    one = kept(case, now)
    if why_not := why_not_dispose(one, by):
        raise Refused(why_not)
    row = certificate_of(case, by, now)
    row.kind, row.rule, row.closed_at, row.due_on = one.kind, one.rule, one.since, one.due_on
    if one.review is not None:
        row.reviewed_by_id, row.reviewed_at = one.review.by_id, one.review.at
    disposal.begin(case, row)
    people = disposal.people_of_no_other(case.pk)
    log.detail.update(
        disposal.of_which_key(case.pk, people),
        rule=row.rule,
        entries=row.entries,
        head=row.head,
        reviewed_by=row.reviewed_by_id,
    )
    return row, people


def certificate_of(case: Case, by: Staff, now: datetime) -> Disposal:
    """This function will begin the certificate of a case: how many entries it has, and the end of their chain."""
    last = case.entries.order_by("-sequence").values_list("hash", flat=True).first()
    return Disposal(
        landlord_id=case.landlord_id,
        case=case,
        reference=case.reference,
        entries=case.entries.count(),
        head=bytes(last or keys.BEGINNING).hex(),
        ordered_by=by,
        ordered_at=now,
    )
