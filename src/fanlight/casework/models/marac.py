"""Referrals to the MARAC: what belongs to one besides its form. What figures count stands plain; the answers and why are sealed."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.referring import OnwardReferral
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text


class MaracReferral(models.Model):
    """What belongs to a referral to the MARAC: which criteria applied, and whether it is a repeat. The form itself stands in the referral.

    `criteria` are words of casework/marac.py with a space between them, in the order of that module. `referred_on` is the day on which
    it was sent; nothing while it is a draft. `previous` is ours that came before, where there is one; `previous_on` is the day of
    the last referral, whoever made it.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="marac_referrals")
    referral = models.OneToOneField(OnwardReferral, on_delete=models.CASCADE, related_name="marac")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    area = models.CharField(max_length=80, default="", blank=True)
    criteria = models.CharField(max_length=80, default="", blank=True)
    is_repeat = models.BooleanField(default=False)
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    previous_on = models.DateField(null=True)
    referred_on = models.DateField(null=True)
    sealed_said = models.BinaryField(default=b"")
    """Each criterion as it was answered, what was proposed and why, as JSON."""

    said_text = sealed_text("sealed_said", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(referred_on=None) | ~Q(criteria=""), name="a_marac_referral_meets_a_criterion"
            ),
            models.CheckConstraint(
                condition=Q(is_repeat=True, criteria__contains="repeat")
                | (Q(is_repeat=False) & ~Q(criteria__contains="repeat")),
                name="a_repeat_is_among_the_criteria",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "referred_on"], name="marac_referrals_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} MARAC {self.referral_id}"

    @property
    def said(self) -> dict[str, Any]:
        """Everything that was said of the criteria. It raises keys.Unreadable where the key of the case was destroyed."""
        found: dict[str, Any] = json.loads(self.said_text) if self.sealed_said else {}
        return found

    def say(self, said: dict[str, Any]) -> None:
        """This function will seal what is said of the criteria."""
        self.said_text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
