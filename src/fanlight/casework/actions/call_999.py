"""The one who made a report notes on its receipt that 999 was called."""

from datetime import datetime

from fanlight.casework.access import DISPOSED, NotFound, Standing
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.models import Case, Staff


def call_999(*, reference: str, service: str = "police", by: Staff, now: datetime) -> None:
    """This function will record that 999 was called, for the maker of the report, who need not see the case."""
    with logged("call_999", by=by, now=now) as log:
        there = Case.objects.exclude(status=DISPOSED).filter(landlord_id=by.landlord_id, reference=reference)
        case = there.select_for_update().first()
        if case is None or not by.is_active or not case.entries.filter(kind="report", by=by, sequence=1).exists():
            raise NotFound
        log.case = case
        write(case, Standing(()), [Draft("emergency_call", {"service": service})], log=log, by=by, now=now)
