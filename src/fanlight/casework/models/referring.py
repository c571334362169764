"""Referrals to services outside: what was sent to whom, what became of it, its documents; and what staff know of the services."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework import keys
from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.register import of_landlord
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

STATES = (
    ("draft", "Draft"),
    ("sent", "Sent, not received"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("done", "Done"),
    ("withdrawn", "Withdrawn"),
)
"""What is stored. That it was received is what the record says: the receipt of its entry."""

STEPS = ("sent", "accepted", "declined", "challenged", "escalated", "done", "withdrawn")


class OnwardReferral(models.Model):
    """A referral to a service outside. `sequence` is that of its entry on the record, from when it was sent.

    The entry says to which kind of service, and the record when it was received. Everything else stands here, sealed.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="onward_referrals")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    purpose = models.CharField(max_length=60)
    to = models.CharField(max_length=60)
    """The kind of service."""
    service = models.CharField(max_length=120, default="", blank=True)
    """Which of the directory; nothing where it is none of them, or nobody said."""
    way = models.CharField(max_length=10, default="", blank=True)
    sealed_said = models.BinaryField(default=b"")
    """What the form says, who it goes to, whether they gave permission and why not, as JSON."""
    sealed_password = models.BinaryField(default=b"")
    state = models.CharField(max_length=9, choices=STATES, default="draft")
    sequence = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField(null=True)

    said_text = sealed_text("sealed_said", of_case)
    password = sealed_text("sealed_password", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=[state for state, _ in STATES]), name="a_state_of_a_referral"),
            models.CheckConstraint(
                condition=Q(sequence=None, state__in=["draft", "withdrawn"])
                | (Q(sequence__isnull=False) & ~Q(state="draft")),
                name="a_referral_is_sent_when_it_is_on_the_record",
            ),
            models.UniqueConstraint(
                fields=["case", "sequence"], condition=Q(sequence__isnull=False), name="one_onward_referral_an_entry"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["landlord", "state"],
                condition=Q(state__in=["draft", "declined"]),
                name="referrals_back_with_us",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.to}, {self.state}"


class ReferralStep(models.Model):
    """What became of a referral, step by step: nothing is overwritten."""

    referral = models.ForeignKey(OnwardReferral, on_delete=models.CASCADE, related_name="steps")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    what = models.CharField(max_length=10, choices=[(step, step) for step in STEPS])
    sealed_note = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    note = sealed_text("sealed_note", of_case)

    def __str__(self) -> str:
        return f"{self.referral_id} {self.what}"


class ReferralDocument(models.Model):
    """A document of a referral, byte for byte as it was made."""

    referral = models.ForeignKey(OnwardReferral, on_delete=models.CASCADE, related_name="documents")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    form = models.CharField(
        max_length=9, choices=[("pdf", "PDF"), ("protected", "PDF with a password"), ("word", "Word")]
    )
    sealed_document = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "form"], name="one_document_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.form}"

    @property
    def subject(self) -> keys.Subject:
        """Under whose key the document is sealed: that of its case."""
        return of_case(self)

    @property
    def place(self) -> keys.Place:
        """Where the document stands sealed."""
        return keys.Place(self._meta.db_table, self.mark, "sealed_document")


class DirectoryEntry(models.Model):
    """What staff, or an import, said of a service at a moment: the last one holds, in place of what the landlord's file says."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.CharField(max_length=120)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_said = models.BinaryField(default=b"")
    is_removed = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    said_text = sealed_text("sealed_said", of_landlord)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "service", "id"], name="directory_of_a_landlord")]

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.service}"
