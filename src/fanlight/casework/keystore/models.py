"""The data keys, each wrapped by the master key: worth nothing without it."""

from typing import ClassVar

from django.db import models


class DataKey(models.Model):
    """The key of one case, person or other subject. A destroyed one keeps its row, so that it is never made again."""

    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=40)
    wrapped = models.BinaryField(null=True)
    """None once it was destroyed."""
    master = models.CharField(max_length=16)
    """Which master key wrapped it."""
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject"], name="one_key_for_each_subject")]
        indexes: ClassVar = [models.Index(fields=["master", "id"], name="keys_of_a_master_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
