"""Who sees which meetings of the MARAC, what is on their lists, what they gave us to do, and their minutes."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from fanlight.casework.access.roles import demand, roles_of
from fanlight.casework.access.seeing import visible_cases
from fanlight.casework.access.standing import can
from fanlight.casework.models import MaracAction, MaracAttendance, MaracListing, MaracMeeting, Staff


def visible_meetings(staff: Staff, *, now: datetime) -> QuerySet[MaracMeeting]:
    """This function will give the meetings of the MARAC that somebody may see. Raises Refused.

    Those of the areas of a role with `marac:see` (held with no patch: all of them), those to which they go or went, and those that
    hear a case which they see.
    """
    demand(staff, "marac:see")
    every = MaracMeeting.objects.filter(landlord_id=staff.landlord_id)
    held = [role for role in roles_of(staff) if role.has("marac:see")]
    if any(not role.patches for role in held):
        return every
    areas = {area for role in held for area in role.areas}
    goes = MaracAttendance.objects.filter(meeting=OuterRef("pk"), staff=staff)
    heard = MaracListing.objects.filter(meeting=OuterRef("pk"), case__in=visible_cases(staff, now=now))
    return every.filter(Q(area__in=areas) | Q(Exists(goes)) | Q(Exists(heard)))


def visible_listings(staff: Staff, *, now: datetime) -> QuerySet[MaracListing]:
    """This function will give the cases on the lists of meetings that somebody may see: those of the cases that they see.

    Somebody whom a list names, and who was not found yet, is there for whoever arranges meetings.
    """
    seen = Q(case__in=visible_cases(staff, now=now))
    if can(staff, "marac:arrange"):
        seen |= Q(case=None)
    return MaracListing.objects.filter(seen, landlord_id=staff.landlord_id)


def visible_actions(staff: Staff, *, now: datetime) -> QuerySet[MaracAction]:
    """This function will give the actions of meetings that somebody may see: those in cases that they see, and those of no case.

    One about somebody who was not found yet is there for its owner, and for whoever arranges the meeting. Raises Refused.
    """
    theirs = Q(case=None, meeting__in=visible_meetings(staff, now=now))
    if not can(staff, "marac:arrange"):
        theirs &= Q(listing=None)
    seen = Q(case__in=visible_cases(staff, now=now)) | Q(case=None, owner=staff) | theirs
    return MaracAction.objects.filter(seen, landlord_id=staff.landlord_id)


def was_there(staff: Staff, meeting_id: int) -> bool:
    """This function will say whether somebody is recorded as having come to a meeting: they alone may see its minutes."""
    return MaracAttendance.objects.filter(meeting=meeting_id, staff=staff, came="came").exists()
