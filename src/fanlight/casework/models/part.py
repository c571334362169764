"""Who is in a case, and as what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.register import Person
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

PARTS = (
    ("person_at_risk", "Person at risk"),
    ("causing_harm", "Person causing harm"),
    ("child", "Child"),
    ("adult_at_risk", "Adult at risk"),
    ("witness", "Witness"),
    ("reporter", "Reporter"),
    ("household", "Household"),
    ("other", "Other"),
)

OPPOSED: Mapping[str, str] = MappingProxyType({"person_at_risk": "causing_harm", "causing_harm": "person_at_risk"})
"""To take the one for the other has cost lives: somebody who is one in one case and the other in another is shown as that."""


class Part(models.Model):
    """A person's part in a case. One who works here is linked as `staff` and sees nothing of the case.

    What names or reaches the person is sealed under the key of the case; name and telephone number are found by blind indexes
    that hold within the landlord.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_name = models.BinaryField()
    part = models.CharField(max_length=16, choices=PARTS)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    """Who they are in the register. The name here is that by which this case knows them."""
    sealed_safe_contact = models.BinaryField(default=b"")
    sealed_phone = models.BinaryField(default=b"")
    name_index = models.CharField(max_length=40, default="", blank=True)
    phone_index = models.CharField(max_length=40, default="", blank=True)
    surname_index = models.CharField(max_length=40, default="", blank=True)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    compared_at = models.DateTimeField(null=True)
    """When they were compared with the people of all other cases, whoever may see those."""

    name = sealed_text(
        "sealed_name", of_case, {"name": "name_index", "surname": "surname_index"}, lambda part: part.landlord_id
    )
    phone = sealed_text("sealed_phone", of_case, {"phone": "phone_index"}, lambda part: part.landlord_id)
    safe_contact = sealed_text("sealed_safe_contact", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(part__in=[part for part, _ in PARTS]), name="a_part_that_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "name_index"], condition=~Q(name_index=""), name="parts_by_name"),
            models.Index(fields=["landlord", "phone_index"], condition=~Q(phone_index=""), name="parts_by_phone"),
            models.Index(fields=["id"], condition=Q(compared_at=None), name="parts_to_compare"),
            models.Index(fields=["landlord", "surname_index"], condition=~Q(surname_index=""), name="parts_by_surname"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part}"
