"""Whether two people in the register are one: who said so, who said not, and where somebody has yet to look."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.keys import Subject
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.part import Part
from fanlight.casework.models.register import Person, of_landlord
from fanlight.casework.models.sealed import new_mark, sealed_text
from fanlight.casework.models.staff import Staff


class Merge(models.Model):
    """Somebody said that a person is the same as another; taken back, it stays, and both are as they were.

    `Person.merged_into` says where a chain of these ends, so that whoever reads people goes one step.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_of_others")
    hidden = models.JSONField(default=list)
    """Those who live somewhere and were hidden for it, one of the two being protected: they are seen again when it is taken back."""
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_end_reason = models.BinaryField(default=b"")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    reason = sealed_text("sealed_reason", of_landlord)
    end_reason = sealed_text("sealed_end_reason", of_landlord)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="somebody_is_the_same_as_one_other"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} into {self.into_id}"


class SaidApart(models.Model):
    """Whoever named somebody in a case was shown a person who is like them, and said why it is somebody else."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="said_apart")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reason = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    reason = sealed_text("sealed_reason", lambda row: Subject("case", str(row.part.case_id)))

    def __str__(self) -> str:
        return f"part {self.part_id} is not person {self.person_id}"


class PerhapsSame(models.Model):
    """Somebody was named in a case who is like a person in another, and whoever named them may not see that other.

    It is put to those who see both cases, and to nobody else: `part` is in the case that was hidden, `other` in the new one.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="perhaps_same")
    other = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_same = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "other"], name="two_parts_are_compared_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord"], condition=Q(settled_at=None), name="people_to_compare"),
        ]

    def __str__(self) -> str:
        return f"part {self.part_id} and part {self.other_id}"
