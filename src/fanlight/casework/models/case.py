"""A case: its reference, and what lists and figures need of it; nothing that names anyone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.staff import Staff


class Case(models.Model):
    """A case. All below `joined_to` is projected from the story and can be rebuilt from it."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=32)
    joined_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined_cases")

    status = models.CharField(max_length=8, default="new")
    lead = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=80, default="", blank=True)
    patch = models.CharField(max_length=80, default="", blank=True)
    about = models.CharField(max_length=16, default="", blank=True)
    restricted = models.BooleanField(default=False)
    """Whether it is about a colleague, or a colleague is the person at risk in it or the person causing harm."""
    grade = models.CharField(max_length=40, default="", blank=True)
    danger = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    next_is = models.CharField(max_length=10, default="", blank=True)
    last_at = models.DateTimeField(null=True)
    last_sequence = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How often the person at risk was tried without an answer since they were last spoken to."""
    welfare_since = models.DateTimeField(null=True)
    """Since when a welfare check waits for the manager."""
    goes_back_since = models.DateTimeField(null=True)
    """When abuse was told that goes back to the MARAC, by the case's own story, and nobody has referred since."""
    past_the_gate_since = models.DateTimeField(null=True)
    """When somebody was reached past the safe-contact gate, where whoever leads has not looked at it yet."""
    kept_as = models.CharField(max_length=24, default="", blank=True)
    """What kind of case it is for how long it is kept; empty where it was not worked out yet: then it is kept longest."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "reference"], name="one_case_for_each_reference"),
            models.CheckConstraint(
                condition=Q(status__in=["new", "open", "closed", "joined", "disposed"]), name="a_status_that_is_known"
            ),
            models.CheckConstraint(
                condition=Q(next_is__in=["", "triage", "duty", "look_again"]), name="a_next_date_that_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "next_at", "-id"], name="cases_soonest_first"),
            models.Index(fields=["landlord", "status", "next_at"], name="cases_by_next_date"),
            models.Index(fields=["landlord", "status", "patch", "next_at"], name="cases_of_a_patch"),
            models.Index(fields=["lead", "status", "next_is", "next_at"], name="cases_of_a_lead"),
            models.Index(
                fields=["landlord", "welfare_since"], condition=~Q(welfare_since=None), name="cases_to_be_seen_to"
            ),
            models.Index(
                fields=["landlord", "past_the_gate_since"],
                condition=~Q(past_the_gate_since=None),
                name="cases_past_the_gate",
            ),
            models.Index(
                fields=["landlord", "goes_back_since"], condition=~Q(goes_back_since=None), name="cases_that_go_back"
            ),
            models.Index(fields=["landlord", "opened_at"], name="cases_by_opening"),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferenceCounter(models.Model):
    """The last number given to a case of a landlord in a year."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["landlord", "year"], name="one_counter_for_each_year")]

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.year}: {self.last}"
