"""Meetings of the MARAC: which cases are heard, who goes, what the landlord is asked to do; and the minutes, held apart."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.keys import Subject
from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.register import of_landlord
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.sharing import Share
from fanlight.casework.models.staff import Staff

BROUGHT_BY = (("us", "We did"), ("agency", "Another agency"))
SETTLED = (("nothing_known", "We know nothing that helps"), ("taken_off", "Not heard at this meeting"))
CAME = (("goes", "Goes"), ("came", "Came"), ("away", "Could not come"))
OUTCOMES_OF_AN_ACTION = (("done", "Done"), ("not_done", "Cannot be done"))


class MaracMeeting(models.Model):
    """A meeting of the MARAC of an area. `returns_on` is the day by which the coordinator wants what we know."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    area = models.CharField(max_length=80)
    meets_at = models.DateTimeField()
    returns_on = models.DateField()
    sealed_note = models.BinaryField(default=b"")
    """Where it is held, and how the coordinator is reached."""
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    cancelled_at = models.DateTimeField(null=True)

    note = sealed_text("sealed_note", of_landlord)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(area=""), name="a_marac_is_of_an_area"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "meets_at"], name="marac_meetings_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.landlord_id} MARAC {self.pk}"


def of_listing(row: Any) -> Subject:
    """This function will say that what a row holds is sealed under a key of one case on one list, which nothing else has."""
    return Subject("listing", row.mark if isinstance(row, MaracListing) else row.listing.mark)


class MaracListing(models.Model):
    """A case on the list of a meeting: one of ours, or, with no case, somebody whom the coordinator names and we have not found.

    `share` is the landlord's research return. The key of a listing opens whom the list names, and its minutes, and is destroyed
    with the case, or when the landlord keeps the minutes no longer (`let_go_at`).
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey(MaracMeeting, on_delete=models.PROTECT, related_name="listings")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="marac_listings")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    brought_by = models.CharField(max_length=6, choices=BROUGHT_BY)
    sealed_who = models.BinaryField(default=b"")
    settled = models.CharField(max_length=13, choices=SETTLED, default="", blank=True)
    sealed_why = models.BinaryField(default=b"")
    share = models.ForeignKey(Share, null=True, on_delete=models.PROTECT, related_name="marac_listings")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    let_go_at = models.DateTimeField(null=True)

    who = sealed_text("sealed_who", of_listing)
    why = sealed_text("sealed_why", of_listing)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                condition=Q(case__isnull=False) & ~Q(settled="taken_off"),
                name="a_case_is_heard_once_at_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(settled__in=["", *(word for word, _ in SETTLED)]),
                name="a_listing_is_settled_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(case__isnull=False), name="a_research_return_is_of_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"listing {self.pk} of meeting {self.meeting_id}"


class MaracMinutes(models.Model):
    """What was said of one case at a meeting: for those who were there. It is added to, and never changed."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    listing = models.ForeignKey(MaracListing, on_delete=models.CASCADE, related_name="minutes")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_said = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    said = sealed_text("sealed_said", of_listing)

    def __str__(self) -> str:
        return f"minutes of listing {self.listing_id}"


class MaracAttendance(models.Model):
    """Who of the landlord goes to a meeting, and who came."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey(MaracMeeting, on_delete=models.CASCADE, related_name="attendance")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    came = models.CharField(max_length=4, choices=CAME)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "staff"], name="one_attendance_of_each_at_a_meeting"),
            models.CheckConstraint(
                condition=Q(came__in=[word for word, _ in CAME]), name="an_attendance_that_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.meeting_id}: {self.came}"


def of_action(row: Any) -> Subject:
    """This function will say whose key an action is sealed under: its case's; of somebody not found yet, that of their listing; or
    the landlord's, where it is of nobody."""
    if row.case_id is not None:
        return of_case(row)
    return of_listing(row) if row.listing_id is not None else of_landlord(row)


class MaracAction(models.Model):
    """What a meeting gave the landlord to do: who sees to it, by which day, and what became of it."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey(MaracMeeting, on_delete=models.PROTECT, related_name="actions")
    listing = models.ForeignKey(MaracListing, null=True, on_delete=models.CASCADE, related_name="actions")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="marac_actions")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_what = models.BinaryField()
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=8, choices=OUTCOMES_OF_AN_ACTION, default="", blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_done = models.BinaryField(default=b"")

    what = sealed_text("sealed_what", of_action)
    done = sealed_text("sealed_done", of_action)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", done_on=None, done_by=None)
                | Q(outcome__in=["done", "not_done"], done_on__isnull=False, done_by__isnull=False),
                name="an_action_that_is_over_says_when_and_by_whom",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "due_on"], name="marac_actions_by_day"),
            models.Index(fields=["owner", "due_on"], condition=Q(outcome=""), name="marac_actions_open"),
        ]

    def __str__(self) -> str:
        return f"action {self.pk} of meeting {self.meeting_id}"
