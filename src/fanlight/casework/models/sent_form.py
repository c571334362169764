"""The forms that were carried out: what is sent twice, by a browser or by a hand, is carried out once."""

from typing import ClassVar

from django.db import models

from fanlight.casework.models.staff import Staff


class SentForm(models.Model):
    """What somebody sent last from one showing of a form, and the page to which it led.

    Of what was typed it keeps a digest alone. Each showing of a form has a mark of its own, which is kept nowhere: `showing`
    is a digest of it, and the digest of what was said covers it too, so that nobody can try words against either.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+", db_index=False)
    showing = models.CharField(max_length=64)
    said = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    went_to = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "showing"], name="one_row_for_each_showing_of_a_form")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.at:%Y-%m-%d %H:%M}"
