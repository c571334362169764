"""The forms that were carried out: what is sent twice, by a browser or by a hand, is carried out once."""

from typing import ClassVar

from django.db import models

from fanlight.casework.models.staff import Staff


class SentForm(models.Model):
    """A form that somebody sent, and the page to which it led. Of what was typed it keeps a digest alone.

    The digest covers a mark that was made for that one showing of the form and is kept nowhere, so that
    nobody can try words against it.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    went_to = models.CharField(max_length=300, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["staff", "digest"], name="one_row_for_each_form_sent")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.at:%Y-%m-%d %H:%M}"
