"""Writes down what was said of a case at a meeting of the MARAC: for those who were there."""

from datetime import datetime

from fanlight.casework import access
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import MOST_MINUTES, checked, open_listing
from fanlight.casework.models import MaracMinutes, Staff


def write_marac_minutes(*, meeting: int, listing: int, text: str, by: Staff, now: datetime) -> int:
    """This function will add to the minutes of a case at a meeting, and give the number of what was added. Nothing is changed there.

    For whoever was not there, there are none. Raises NotFound, Refused, Faulty.
    """
    with logged("write_marac_minutes", by=by, now=now) as log:
        if not access.was_there(by, meeting):
            raise NotFound
        opened = open_listing(log, meeting, listing, by=by, now=now)
        access.demand(by, "marac:minutes")
        if opened.listing.let_go_at is not None:
            raise Refused("This meeting is too long ago: its minutes are not kept any more.")
        row = MaracMinutes(landlord_id=by.landlord_id, listing=opened.listing, at=now, by=by)
        row.said = checked("text", text, "Write what was said.", MOST_MINUTES)
        row.save(force_insert=True)
        log.detail["minutes"] = row.pk
    return row.pk
