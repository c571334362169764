"""The record itself: what the landlord learned or did. The database refuses to change or delete a row."""

from typing import ClassVar

from django.db import models

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.staff import Staff


class Entry(models.Model):
    """One thing that the landlord learned or did; the engine knows it as `e` and its sequence.

    `at` is when it was learned or done, `recorded_at` when it was written down: an entry that is
    typed in late keeps both. `payload` holds `fields` and `facts`, each word → value of the vocabulary, as
    JSON; it and the `note` are sealed under the key of the case, for their place in it. `hash` takes in everything that
    stands here and `hash_before`, that of the entry before: a row changed, gone, swapped or moved breaks the chain.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries", db_index=False)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    of_sequence = models.PositiveIntegerField(null=True, blank=True)
    payload = models.BinaryField()
    note = models.BinaryField(default=b"")
    to_staff = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hash_before = models.BinaryField()
    hash = models.BinaryField()

    HASHED: ClassVar = (
        *("landlord_id", "case_id", "sequence", "kind", "at", "recorded_at", "by_id", "of_sequence", "to_staff_id"),
        *("payload", "note"),
    )
    """What the hash of a row takes in, in this order, after that of the row before."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="one_entry_for_each_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} e{self.sequence} {self.kind}"
