"""What tests need of meetings of the MARAC: one that is entered, a case on its list, a return that lacks nothing."""

from datetime import date, datetime, timedelta
from typing import Any

from fanlight.casework.actions.arrange_marac_meeting import arrange_marac_meeting
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.list_case_for_marac import list_case_for_marac
from fanlight.casework.actions.record_marac_attendance import record_marac_attendance
from fanlight.casework.actions.return_research import return_research
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.models import Case, MaracListing, Staff
from fanlight.casework.sharing import Proposed
from tests import make
from tests.cast import HOME_PATCH, hire
from tests.sharing import part, whole

MEETS = make.later(days=14, hours=1)
AFTER = make.later(days=15)
COORDINATOR = "The MARAC's coordinator"


def a_meeting(by: Staff, *, area: str = "Kirklees", meets_at: datetime = MEETS, **more: Any) -> int:
    """This function will enter a meeting, a fortnight after the report unless it says otherwise."""
    said = {"note": "Room 4; the coordinator is on 01632 960555.", "now": make.later(days=1), **more}
    return arrange_marac_meeting(area=area, meets_at=meets_at, by=by, **said)


def heard(meeting: int, case: Case | None, by: Staff, **more: Any) -> int:
    """This function will put a case on the list of a meeting, brought by another agency unless it says otherwise."""
    said = {"brought_by": "agency", "now": make.later(days=2), **more}
    return list_case_for_marac(meeting=meeting, case=case, by=by, **said)


def for_the_marac(case: Case, **more: Any) -> Proposed:
    """This function will give a research return that lacks nothing."""
    her = part(case)
    said = {
        "to": "marac",
        "service": "",
        "organisation": COORDINATOR,
        "purpose": "assess_risk",
        "ground": "safeguarding",
        "items": (f"who.{her}.name", "note.1"),
        **more,
    }
    return whole(case, **said)


def returned(listing: int, by: Staff, *, now: datetime | None = None, **more: Any) -> int:
    """This function will make the return for a case on a list."""
    row = MaracListing.objects.select_related("case").get(pk=listing)
    assert row.case is not None
    proposed = more.pop("proposed", None) or for_the_marac(row.case, **more)
    return return_research(
        meeting=row.meeting_id, listing=listing, proposed=proposed, by=by, now=now or make.later(days=3)
    )


def came(meeting: int, staff: Staff, by: Staff, *, now: datetime = AFTER) -> None:
    """This function will note that somebody came."""
    record_marac_attendance(meeting=meeting, staff=staff, came="came", by=by, now=now)


def specialist(name: str = "Olwen") -> Staff:
    """This function will take on somebody of Connect's specialist team, who speaks for it in Kirklees."""
    return hire(name, "connect", specialist_team=[])


def housing_officer(name: str = "Mair") -> Staff:
    """This function will take on a community housing officer of the home patch."""
    return hire(name, "connect", community_housing_officer=[HOME_PATCH])


def on(days: int) -> date:
    """This function will give the day so many days after the report."""
    return (make.MORNING + timedelta(days=days)).date()


def held(case: Case, *, by: Staff, owner: Staff, now: datetime, word: str = "Heard from a neighbour.") -> int:
    """This function will let a meeting be held half an hour before a moment, with all that belongs to one, and give its number.

    The case is heard there, and somebody whom we have not found; each with minutes, and with an action for its owner.
    """
    meeting = a_meeting(by, meets_at=now - timedelta(minutes=30), note=word, now=now)
    listings = (
        heard(meeting, case, by, brought_by="us", now=now),
        heard(meeting, None, by, who=word, now=now),
    )
    came(meeting, by, by, now=now)
    for listing in listings:
        write_marac_minutes(meeting=meeting, listing=listing, text=word, by=by, now=now)
        give_marac_action(meeting=meeting, listing=listing, what=word, owner=owner, due_on=now.date(), by=by, now=now)
    return meeting
