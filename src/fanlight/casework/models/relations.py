"""How the people of a case stand to one another, what was said of a child, and how a part was changed: appended to, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.part import PARTS, Part
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff
from fanlight.policy.vocabulary import CONNECTIONS

OTHERWISE = (
    ("parental_responsibility", "Holds parental responsibility for them"),
    ("cares_for", "Cares for them"),
    ("household", "They live, or lived, in the same home"),
    ("friend", "They are, or were, friends"),
    ("neighbour", "They are, or were, neighbours"),
    ("other", "In another way"),
)
"""Ways of standing to somebody that are none of the seven of the Act."""
KINDS = (*CONNECTIONS, *OTHERWISE)
ONE_WAY = ("parental_responsibility", "cares_for")
"""Kinds that say something of the one towards the other; all others are the same from either side."""

WHY_CHANGED = (
    ("learned", "We know more now"),
    ("error", "It was written down wrongly"),
)


class Relation(models.Model):
    """A statement of how two people of a case stand to each other. Another may take its place: `answers` says which it answers.

    A statement that does not hold (`holds`) takes the one that it answers back, as recorded in error.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="relations")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    one = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=KINDS)
    is_past = models.BooleanField(null=True)
    """Whether it is over; None where nobody has said."""
    sealed_note = models.BinaryField(default=b"")
    answers = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="answered_by")
    holds = models.BooleanField(default=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    note = sealed_text("sealed_note", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="nobody_is_related_to_themselves"),
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in KINDS]), name="a_relation_that_is_known"),
            models.CheckConstraint(
                condition=Q(holds=True) | Q(answers__isnull=False), name="what_is_taken_back_was_said"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class ChildSaid(models.Model):
    """What was said of a child of a case: where they live, the school, who holds parental responsibility. The last one counts."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="said_of_child")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_lives = models.BinaryField(default=b"")
    sealed_school = models.BinaryField(default=b"")
    sealed_responsibility = models.BinaryField(default=b"")
    sealed_note = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    lives = sealed_text("sealed_lives", of_case)
    school = sealed_text("sealed_school", of_case)
    responsibility = sealed_text("sealed_responsibility", of_case)
    note = sealed_text("sealed_note", of_case)

    def __str__(self) -> str:
        return f"{self.case_id} child {self.part_id}"


class PartChange(models.Model):
    """Somebody's part in a case became another: what it was, what it became, and why. `Part.part` is the last of these."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="changes")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    was = models.CharField(max_length=16, choices=PARTS)
    became = models.CharField(max_length=16, choices=PARTS)
    why = models.CharField(max_length=8, choices=WHY_CHANGED)
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    reason = sealed_text("sealed_reason", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(was=F("became")), name="a_part_that_changes_becomes_another"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.was} became {self.became}"
