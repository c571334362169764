"""What is stored of the rulings so that lists over many cases are quick; thrown away and rebuilt at will.

The database does not check to whom these rows refer: `fanlight check_projections` does, against the rulings.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.staff import Staff


class Duty(models.Model):
    """A duty of a ruling. Whether an open one is overdue is not stored: that is a matter of the moment."""

    landlord = models.ForeignKey(
        Landlord, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duties", db_constraint=False)
    row = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    clause = models.CharField(max_length=80)
    force = models.CharField(max_length=8)
    who = models.JSONField(default=list)
    since = models.DateTimeField()
    due = models.DateTimeField(null=True)
    state = models.CharField(max_length=8)
    met_at = models.DateTimeField(null=True)
    started_by = models.PositiveIntegerField(null=True)
    desks = models.JSONField(default=list)
    """The desks on which it lies, as the rows of DutyDesk say too."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "met", "late", "lifted"]), name="a_state_that_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.row} {self.state}"


class DutyDesk(models.Model):
    """Whose list an open duty lies on: `staff:7`, `role:connect:case_officer` or `role:connect:case_officer:Leeds North`.

    `soonest` is when the duty is due, or the end of time for one with no deadline, so that a list
    is read from its index alone.
    """

    landlord = models.ForeignKey(
        Landlord, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    desk = models.CharField(max_length=240)
    soonest = models.DateTimeField()
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_constraint=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["duty", "desk"], name="a_duty_once_on_each_desk")]
        indexes: ClassVar = [models.Index(fields=["desk", "soonest", "duty", "case"], name="a_desk_soonest_first")]

    def __str__(self) -> str:
        return f"{self.desk} {self.duty_id}"


class Referral(models.Model):
    """A hand-over: sent, and received only when the receiver has said so."""

    landlord = models.ForeignKey(
        Landlord, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals", db_constraint=False)
    sequence = models.PositiveIntegerField()
    to = models.CharField(max_length=60)
    to_staff = models.ForeignKey(
        Staff, null=True, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="one_referral_for_each_entry")
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "sent_at"], condition=Q(received_at=None), name="referrals_not_received"),
            models.Index(
                fields=["to_staff", "sent_at"], condition=Q(received_at=None), name="referrals_waiting_for_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} e{self.sequence} {self.to}"
