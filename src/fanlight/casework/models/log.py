"""Who did what and who looked, one row for each; the database refuses to change or delete a row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.staff import Staff


class Log(models.Model):
    """One thing that somebody did, looked at or was refused. `detail` holds nothing personal.

    The rows of each member of staff are a chain, a `strand`, numbered without a gap; so are those of nobody, strand 0.
    """

    landlord = models.ForeignKey(Landlord, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, default="done")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    detail = models.JSONField(default=dict)
    strand = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    hash_before = models.BinaryField()
    hash = models.BinaryField()

    HASHED: ClassVar = ("landlord_id", "at", "staff_id", "what", "outcome", "case_id", "detail", "strand", "number")
    """What the hash of a row takes in, in this order, after that of the row before."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strand", "number"], name="one_row_for_each_number_of_a_strand")
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "at"], name="log_of_a_case"),
            models.Index(fields=["landlord", "at"], name="log_of_a_landlord"),
            models.Index(fields=["strand", "at"], name="log_of_a_strand"),
            models.Index(fields=["landlord", "at"], condition=~Q(outcome="done"), name="log_of_refusals"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.outcome}"
