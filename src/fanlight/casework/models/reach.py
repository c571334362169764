"""What widens or narrows what somebody reaches beside their roles: deputies, who is kept from a case, emergencies, roles asked for.

A row is kept when it has done its work: it says who, when and why, and that it is over.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

WHY_KEPT_FROM = (("related", "Related to somebody in it"), ("set_aside", "Set aside"))

RELATIONS = (
    ("partner", "Partner or former partner"),
    ("parent", "Parent"),
    ("child", "Son or daughter"),
    ("sibling", "Brother or sister"),
    ("family", "Other family, by blood or by marriage"),
    ("household", "Somebody in the same home"),
    ("friend", "Friend"),
    ("neighbour", "Neighbour"),
    ("other", "Something else that comes too close"),
)

PURPOSES = (
    ("danger", "Somebody is in danger, or may be before the day is out"),
    ("caller", "Somebody in the case, or an agency, needs an answer now"),
    ("cover", "Whoever works on it cannot be reached, and it cannot wait"),
)

OUTCOMES_OF_REVIEW = (
    ("right", "It was right"),
    ("not_needed", "It was not needed, and nothing follows"),
    ("taken_further", "It should not have happened, and is being taken further"),
)

OUTCOMES_OF_ASKING = (("granted", "Granted"), ("refused", "Refused"), ("lapsed", "Lapsed"))


class Deputy(models.Model):
    """Somebody stands in for a colleague who is away, from the moment `since` until `until`."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="deputies", db_index=False)
    deputy = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField()
    named_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(staff=F("deputy")), name="nobody_is_their_own_deputy"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["deputy", "until"], name="who_stands_in_for_whom"),
            models.Index(fields=["staff", "until"], name="deputies_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.staff_id}"


class KeptFrom(models.Model):
    """A member of staff is kept from a case: related to somebody in it, or set aside. Over when they are let back in."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="kept_from")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=WHY_KEPT_FROM)
    relation = models.CharField(max_length=10, choices=RELATIONS, default="", blank=True)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_end_reason = models.BinaryField(default=b"")

    reason = sealed_text("sealed_reason", of_case)
    end_reason = sealed_text("sealed_end_reason", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(why="set_aside", relation="")
                | Q(why="related", relation__in=[relation for relation, _ in RELATIONS]),
                name="a_reason_to_be_kept_away_that_is_known",
            ),
            models.UniqueConstraint(
                fields=["case", "staff", "why"],
                condition=Q(ended_at=None),
                name="kept_from_a_case_once_for_each_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_id} {self.why}"


class EmergencyAccess(models.Model):
    """Somebody opened a case that their roles do not show them, in an emergency, until a moment; somebody else reviews it."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergencies")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=14, choices=OUTCOMES_OF_REVIEW, default="", blank=True)
    sealed_review = models.BinaryField(default=b"")

    reason = sealed_text("sealed_reason", of_case)
    review = sealed_text("sealed_review", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(staff=F("reviewed_by")), name="nobody_reviews_their_own_emergency"),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose for purpose, _ in PURPOSES]), name="a_purpose_that_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at=None)
                | Q(outcome__in=[outcome for outcome, _ in OUTCOMES_OF_REVIEW], reviewed_at__isnull=False),
                name="an_outcome_of_a_review_that_is_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["staff", "until"], name="emergencies_of_somebody"),
            models.Index(fields=["landlord", "at"], condition=Q(reviewed_at=None), name="emergencies_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_id} {self.at:%Y-%m-%d %H:%M}"


class RoleAsked(models.Model):
    """A role that somebody asked for a colleague, and what came of it; one that sees cases is approved by a second person."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="roles_asked")
    role = models.CharField(max_length=60)
    patches = models.JSONField(default=list, blank=True)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=OUTCOMES_OF_ASKING, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(staff=F("asked_by")) & ~Q(staff=F("decided_by")), name="nobody_grants_a_role_to_themselves"
            ),
            models.UniqueConstraint(
                fields=["staff", "role"], condition=Q(outcome=""), name="a_role_is_asked_for_once_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "asked_at"], condition=Q(outcome=""), name="roles_to_approve"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.role} {self.outcome}"
