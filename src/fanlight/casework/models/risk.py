"""Risk assessments: each as it was made, and what somebody has begun and not completed. All that was answered is sealed."""

import json
from typing import Any, ClassVar

from django.db import models

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

MADE_BY = (("us", "We did"), ("agency", "Another agency"))


class Assessment(models.Model):
    """What belongs to an `assessment` on the record: every answer as it was given, or what another agency found.

    It never changes: the database refuses it. One that comes later supersedes it. Its entry says when, by whom, and what the
    policy reads of it. `instrument` and `version` are those of the file by which we made it; of another agency's they are empty.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments", db_index=False)
    sequence = models.PositiveIntegerField()
    made_by = models.CharField(max_length=6, choices=MADE_BY)
    instrument = models.CharField(max_length=40, default="", blank=True)
    version = models.CharField(max_length=40, default="", blank=True)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_said = models.BinaryField()

    said_as_text = sealed_text("sealed_said", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="one_assessment_for_each_entry"),
            models.CheckConstraint(
                condition=models.Q(made_by__in=[made_by for made_by, _ in MADE_BY]),
                name="an_assessment_of_ours_or_theirs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} assessment {self.sequence}"

    @property
    def said(self) -> dict[str, Any]:
        """Everything that was said in it, as it was stored."""
        found: dict[str, Any] = json.loads(self.said_as_text)
        return found

    def say(self, said: dict[str, Any]) -> None:
        """This function will seal what is said in it."""
        self.said_as_text = json.dumps(said, separators=(",", ":"))


class AssessmentDraft(models.Model):
    """An assessment that somebody has begun, kept after every screen: what was answered so far is not lost with the power."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    instrument = models.CharField(max_length=40)
    at = models.DateTimeField()
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_said = models.BinaryField()

    said_as_text = sealed_text("sealed_said", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "by", "instrument"], name="one_draft_of_an_assessment_each"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} draft {self.pk}"

    @property
    def said(self) -> dict[str, Any]:
        """Everything that was said so far."""
        found: dict[str, Any] = json.loads(self.said_as_text)
        return found

    def say(self, said: dict[str, Any]) -> None:
        """This function will seal what is said so far."""
        self.said_as_text = json.dumps(said, separators=(",", ":"))
