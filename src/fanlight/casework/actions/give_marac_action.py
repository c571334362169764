"""Enters what a meeting of the MARAC gave the landlord to do."""

from datetime import date, datetime

from fanlight.casework import access
from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import checked, demand_arranger, meeting_of, open_listing
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, MaracAction, Staff
from fanlight.present import day_of


def give_marac_action(
    *, meeting: int, listing: int | None = None, what: str, owner: Staff, due_on: date, by: Staff, now: datetime
) -> int:
    """This function will enter an action of a meeting, and give its number: what is done, by whom, by which day.

    It is about a case on the list, or with no `listing` about none. Whoever arranges meetings enters it, or whoever came. Raises
    NotFound, Refused, Faulty.
    """
    with logged("give_marac_action", by=by, now=now) as log:
        held = meeting_of(by, meeting, now=now)
        if not access.was_there(by, held.pk):
            demand_arranger(by, held)
        row = MaracAction(landlord_id=held.landlord_id, meeting=held, due_on=due_on, at=now, by=by)
        if listing is None:
            log.head()
        else:
            opened = open_listing(log, meeting, listing, by=by, now=now)
            if opened.listing.let_go_at is not None:
                raise Refused("This meeting is too long ago: what belonged to its list is not kept any more.")
            row.listing, row.case = opened.listing, opened.case
        if due_on < day_of(held.meets_at):
            raise Faulty({"due_on": ("That is before the meeting.",)})
        row.owner = checked_owner(owner, row.case, by, now)
        row.what = checked("what", what, "Say what is to be done.")
        row.save(force_insert=True)
        log.detail |= {"meeting": held.pk, "action": row.pk, "owner": owner.pk}
    return row.pk


def checked_owner(owner: Staff, case: Case | None, by: Staff, now: datetime) -> Staff:
    """This function will give a colleague who can see to an action: one who sees meetings, and the case that it is about."""
    if owner.landlord_id != by.landlord_id or not access.can(owner, "marac:see"):
        raise Faulty({"owner": ("Choose a colleague whose role sees the MARAC's meetings.",)})
    if case is not None and not access.standing_of(owner, case, now=now).sees:
        raise Faulty({"owner": ("Choose a colleague who works on this case, or hand the case over to them first.",)})
    return owner
