"""Says that what a meeting of the MARAC gave us to do is done, or cannot be."""

from datetime import date, datetime

from fanlight.casework import access
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.actions.meeting import checked
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import MaracAction, Staff
from fanlight.casework.models.marac_meetings import OUTCOMES_OF_AN_ACTION
from fanlight.present import day_of


def complete_marac_action(
    *, action: int, outcome: str = "done", note: str, done_on: date | None = None, by: Staff, now: datetime
) -> None:
    """This function will say of an action that it is done, or that it cannot be, with what was done or why not.

    `done_on` is the day on which it was (None: today). Its owner says so, or whoever arranges meetings. Raises NotFound, Refused, Faulty.
    """
    with logged("complete_marac_action", by=by, now=now) as log:
        row = open_action(log, action, by=by, now=now)
        if outcome not in dict(OUTCOMES_OF_AN_ACTION):
            raise Faulty({"outcome": ("Say whether it is done.",)})
        done_on = done_on or day_of(now)
        if done_on > day_of(now):
            raise Faulty({"done_on": ("That day is still to come.",)})
        if done_on < day_of(row.meeting.meets_at):
            raise Faulty({"done_on": ("That is before the meeting.",)})
        row.done = checked("note", note, "Say what was done, or why it cannot be.")
        row.outcome, row.done_on, row.done_by = outcome, done_on, by
        row.save(force_update=True)
        log.detail["outcome"] = outcome


def open_action(log: LogRow, number: int, *, by: Staff, now: datetime) -> MaracAction:
    """This function will give an action that is open, for its owner or whoever arranges meetings. Raises NotFound, Refused."""
    access.demand(by, "marac:see")
    found = access.visible_actions(by, now=now).filter(pk=number).select_related("case").first()
    if found is None:
        raise NotFound
    if found.case is None:
        log.head()
    else:
        log.case = found.case
        log.lock(found.case)
    row = MaracAction.objects.select_for_update(of=("self",)).select_related("meeting", "listing").get(pk=found.pk)
    log.detail |= {"meeting": row.meeting_id, "action": row.pk}
    if row.owner_id != by.pk and not access.can(by, "marac:arrange"):
        raise Refused("It is somebody else's to see to.")
    if row.outcome:
        raise Refused("It is over already.")
    return row
