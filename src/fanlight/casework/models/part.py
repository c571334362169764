"""Who is in a case, and as what: a first, simple form of the register."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.staff import Staff

PARTS = (
    ("person_at_risk", "Person at risk"),
    ("causing_harm", "Person causing harm"),
    ("child", "Child"),
    ("adult_at_risk", "Adult at risk"),
    ("witness", "Witness"),
    ("reporter", "Reporter"),
    ("other", "Other"),
)


class Part(models.Model):
    """A person's part in a case. One who works here is linked as `staff` and sees nothing of the case."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=16, choices=PARTS)
    safe_contact = models.TextField(default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(part__in=[part for part, _ in PARTS]), name="a_part_that_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part}"
