"""How long a case is kept and what becomes of it: holds, reviews, and the certificate of a disposal."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

OUTCOMES = (("keep", "Keep it longer"), ("dispose", "Let it go"))


class Hold(models.Model):
    """A case is held back from disposal, until a day has passed or until somebody lifts it. The row is kept when it is over."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateField(null=True)
    """The last day of it; None: until it is lifted."""
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_lift_reason = models.BinaryField(default=b"")

    reason = sealed_text("sealed_reason", of_case)
    lift_reason = sealed_text("sealed_lift_reason", of_case)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["landlord", "case"], condition=Q(lifted_at=None), name="holds_of_a_landlord"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} held"


class DisposalReview(models.Model):
    """Somebody looked at a case that fell due: to be kept longer, until a day, or to be let go. The last one of a case counts.

    `last_sequence` is the last entry of the case as they looked at it: what was written since has not been looked at.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disposal_reviews")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    sealed_reason = models.BinaryField(default=b"")
    keep_until = models.DateField(null=True)
    last_sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    reason = sealed_text("sealed_reason", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="keep", keep_until__isnull=False) | Q(outcome="dispose", keep_until=None),
                name="an_outcome_of_a_disposal_review_that_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class Disposal(models.Model):
    """A case was disposed of: the certificate. It names nobody who was in the case, and says nothing of what it told.

    `done_at` is None from the moment that it was ordered until nothing is left to do: then the key is destroyed, and what
    lists and searches went by is gone. A case that was found disposed of, because the database is older than that, has no rule.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="disposal")
    reference = models.CharField(max_length=32)
    kind = models.CharField(max_length=24, default="", blank=True)
    rule = models.CharField(max_length=120, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    entries = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    """The hash of the last entry, by which the whole chain of the case is known."""
    reviewed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reviewed_at = models.DateTimeField(null=True)
    ordered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("ordered_by")) | Q(reviewed_by=None),
                name="nobody_disposes_of_what_they_reviewed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "-ordered_at"], name="disposals_of_a_landlord"),
            models.Index(fields=["landlord"], condition=Q(done_at=None), name="disposals_not_done"),
        ]

    def __str__(self) -> str:
        return self.reference
