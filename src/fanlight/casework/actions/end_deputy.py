"""Ends what a deputy does before its last day."""

from datetime import datetime

from fanlight.casework.access import NotFound, may_name_deputy
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import Deputy, Staff


def end_deputy(*, number: int, by: Staff, now: datetime) -> None:
    """This function will end what a deputy does, now. The one who is away, the deputy, an administrator or a lead may.

    Raises NotFound for what is over already, and for anybody else.
    """
    with logged("end_deputy", by=by, now=now) as log:
        log.detail["deputy_row"] = number
        row = Deputy.objects.select_for_update().filter(landlord_id=by.landlord_id, pk=number, until__gt=now).first()
        if row is None or not (by.pk == row.deputy_id or may_name_deputy(by, row.staff)):
            raise NotFound
        row.until, row.ended_by = now, by
        row.save(update_fields=["until", "ended_by"])
