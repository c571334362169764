"""Markers on a home, for those who must not know why; and each time that somebody asked before acting at an address."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fanlight.casework.keys import Subject
from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.register import Home
from fanlight.casework.models.sealed import new_mark, sealed_text
from fanlight.casework.models.staff import Staff

MARKERS = (
    ("two_to_visit", "Two people to attend"),
    ("contact_first", "Speak to somebody before any contact"),
    ("no_post", "Do not leave post"),
)
"""What is asked of colleagues, as it stands in the database: it says nothing of why."""

PURPOSES = (
    ("noise", "Noise"),
    ("arrears", "Arrears"),
    ("recharge", "Charging for a repair"),
    ("damage", "Damage"),
    ("tenancy", "Any other action on the tenancy"),
    ("visit", "A visit, a call or a delivery"),
)
"""For what somebody asks before they act at an address."""
A_VISIT = "visit"


def of_case_or_landlord(row: Any) -> Subject:
    """This function will say that a row of a case is sealed under its key, and one of no case under the landlord's."""
    return Subject("case", str(row.case_id)) if row.case_id else Subject("landlord", row.landlord_id)


class Marker(models.Model):
    """Something that is asked of whoever goes to a home, until the day `until`; why is sealed, and differs in nothing else.

    It is set from a case, or with no case for another reason: a resident who needs it, a risk to staff.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="markers", db_index=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="markers")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    kind = models.CharField(max_length=16, choices=MARKERS)
    sealed_reason = models.BinaryField(default=b"")
    sealed_review = models.BinaryField(default=b"")
    """What the last review said."""
    sealed_end_reason = models.BinaryField(default=b"")
    until = models.DateField()
    """The last day of it."""
    review_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    reason = sealed_text("sealed_reason", of_case_or_landlord)
    review = sealed_text("sealed_review", of_case_or_landlord)
    end_reason = sealed_text("sealed_end_reason", of_case_or_landlord)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in MARKERS]), name="a_marker_that_is_known"),
            models.CheckConstraint(condition=Q(review_on__lte=F("until")), name="a_marker_is_reviewed_before_it_ends"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["home", "kind"], condition=Q(ended_at=None), name="markers_of_a_home"),
            models.Index(fields=["landlord", "review_on"], condition=Q(ended_at=None), name="markers_to_review"),
        ]

    def __str__(self) -> str:
        return f"home {self.home_id} {self.kind}"


class AddressCheck(models.Model):
    """Somebody asked before acting at an address, and what they were told. No row says whether there is a case.

    The page of a case reads those of the homes of its people. Where the address was none of the landlord's homes, there is no home.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    speak_first = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose for purpose, _ in PURPOSES]), name="a_purpose_of_asking_that_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["home", "-at"], condition=~Q(home=None), name="checks_of_a_home"),
        ]

    def __str__(self) -> str:
        return f"home {self.home_id} {self.purpose} {self.at:%Y-%m-%d %H:%M}"
