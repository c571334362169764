"""Says which of our cases it is that the coordinator's list names."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.access import Refused, visible_listings
from fanlight.casework.actions.list_case_for_marac import check_listed_once
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import demand_arranger, meeting_of, open_listing, request_of_the_marac, write_if
from fanlight.casework.actions.write import write
from fanlight.casework.models import Case, MaracAction, Staff


def match_marac_listing(
    *, meeting: int, listing: int, case: Case, overrides: Sequence[tuple[str, str]] = (), by: Staff, now: datetime
) -> None:
    """This function will say that somebody on the list of a meeting is one of our cases: the MARAC's request goes on its record.

    What the list said of them is not kept: the case knows who they are. Raises NotFound, Refused, Faulty, Stopped.
    """
    with logged("match_marac_listing", case=case, by=by, now=now) as log:
        demand_arranger(by, meeting_of(by, meeting, now=now))
        if visible_listings(by, now=now).filter(meeting=meeting, pk=listing).exclude(case=None).exists():
            raise Refused("It is matched with a case already.")
        ((locked, standing),) = log.lock(case)
        row = open_listing(log, meeting, listing, by=by, now=now).listing
        write_if(locked, standing, "request")
        check_listed_once(locked, row.meeting)
        write(locked, standing, [request_of_the_marac(row.meeting)], overrides=overrides, log=log, by=by, now=now)
        actions = [
            (one, one.what, one.done) for one in MaracAction.objects.filter(listing=row).select_related("listing")
        ]
        row.case, row.who, row.settled, row.why = locked, "", "", ""
        row.save(force_update=True)
        for action, what, done in actions:
            action.case = locked
            action.what, action.done = what, done
            action.save(force_update=True)
