"""Equality data for monitoring: apart from the register and from every case, never required, sealed under the person's key."""

from django.db import models

from fanlight.casework.keys import Subject
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.register import Person
from fanlight.casework.models.sealed import new_mark, sealed_text
from fanlight.casework.models.staff import Staff


class Equality(models.Model):
    """What a person was willing to say of themselves for monitoring. It is counted, and decides nothing."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_answers = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    answers_text = sealed_text("sealed_answers", lambda row: Subject("person", row.person.mark))

    def __str__(self) -> str:
        return f"person {self.person_id}"
