"""Puts a case on the list of a meeting of the MARAC."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import checked, demand_arranger, meeting_of, request_of_the_marac, write_if
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import write
from fanlight.casework.models import Case, MaracListing, MaracMeeting, Staff
from fanlight.casework.models.marac_meetings import BROUGHT_BY


def list_case_for_marac(
    *,
    meeting: int,
    case: Case | None = None,
    who: str = "",
    brought_by: str,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will put a case on the list of a meeting, and give its number there.

    `brought_by` is us or agency: what another agency brought is a request of the MARAC, and goes on the record. With no case, `who`
    says whom the coordinator's list names; they are matched later, or are nobody whom we know. Raises NotFound, Refused, Faulty, Stopped.
    """
    with logged("list_case_for_marac", case=case, by=by, now=now) as log:
        held = meeting_of(by, meeting, now=now)
        demand_arranger(by, held)
        if brought_by not in dict(BROUGHT_BY):
            raise Faulty({"brought_by": ("Say who brought it to the MARAC.",)})
        row = MaracListing(landlord_id=by.landlord_id, meeting=held, brought_by=brought_by, at=now, by=by)
        log.detail |= {"meeting": held.pk, "brought_by": brought_by}
        if case is None:
            if brought_by == "us":
                raise Faulty({"case": ("What we brought is one of our cases: give its reference.",)})
            row.who = checked("who", who, "Say whom the list names, or give the reference of our case.")
        else:
            ((locked, standing),) = log.lock(case)
            write_if(locked, standing, "request")
            check_listed_once(locked, held)
            row.case = locked
            if brought_by == "agency":
                write(locked, standing, [request_of_the_marac(held)], overrides=overrides, log=log, by=by, now=now)
        row.save(force_insert=True)
        log.detail["listing"] = row.pk
    return row.pk


def check_listed_once(case: Case, meeting: MaracMeeting) -> None:
    """This function will raise Faulty for a case that is on the list of a meeting already."""
    if MaracListing.objects.filter(meeting=meeting, case=case).exclude(settled="taken_off").exists():
        raise Faulty({"case": ("It is on the list of this meeting already.",)})
