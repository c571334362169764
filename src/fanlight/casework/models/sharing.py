"""Consent, what left the landlord and on what grounds, who must not receive it, and the agreements that are relied on."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from fanlight.casework import keys
from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.part import Part
from fanlight.casework.models.referring import OnwardReferral
from fanlight.casework.models.register import as_fields, of_landlord, what_is_said
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff
from fanlight.casework.sharing import ANSWERS, CAPACITY, GIVERS, GROUNDS, HOW_TAKEN, MEANS

OUTCOMES_OF_A_SHARE = (("authorised", "Authorised"), ("refused", "Refused"))
WHY_STOPPED = (("withdrawn", "Consent was withdrawn"), ("taken_back", "Taken back"))


class _AsText:
    """What is sealed as JSON of all that is said."""

    def as_text(self) -> str:
        """This function will give it as it is sealed."""
        return json.dumps(what_is_said(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """This function will read what `as_text` wrote."""
        said: dict[str, Any] = json.loads(text) if text else {}
        return cls(**as_fields(said))


@dataclass(frozen=True, slots=True)
class ConsentSaid(_AsText):
    """What was said of consent: the receiver's name where the directory has none, on which conditions, in her own words, who took
    it, which limits were explained, what was done about a doubt of capacity, and who said it where it was not they themselves, with
    why it counts where they have the name of whoever causes harm."""

    organisation: str = ""
    conditions: str = ""
    own_words: str = ""
    taken_by: str = ""
    limits: str = ""
    capacity: str = ""
    giver: str = ""
    giver_reason: str = ""


class Consent(models.Model):
    """What somebody said to being told about: to whom, for what, and how it was taken. The last one of a receiver and a purpose counts.

    It stands beside its entry (`sequence`): struck out, the entry takes it along.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents", db_index=False)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="consents", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sequence = models.PositiveIntegerField()
    to = models.CharField(max_length=40)
    service = models.CharField(max_length=80, default="", blank=True)
    """The id of the service in the landlord's directory; nothing where the receiver is not in it."""
    purpose = models.CharField(max_length=40)
    answer = models.CharField(max_length=9, choices=ANSWERS)
    how = models.CharField(max_length=16, choices=HOW_TAKEN)
    giver = models.CharField(max_length=12, choices=GIVERS)
    capacity = models.CharField(max_length=8, choices=CAPACITY)
    sealed_said = models.BinaryField(default=b"")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    said_text = sealed_text("sealed_said", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="one_consent_for_each_entry"),
            models.CheckConstraint(
                condition=Q(answer__in=[answer for answer, _ in ANSWERS]), name="an_answer_to_consent_that_is_known"
            ),
            models.CheckConstraint(condition=~Q(to="") & ~Q(purpose=""), name="consent_is_to_somebody_for_something"),
            models.CheckConstraint(
                condition=~Q(answer="given") | ~Q(capacity__in=["doubted", "lacking"]) | Q(giver="attorney"),
                name="consent_is_given_by_whoever_can",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} consent {self.sequence} {self.answer}"

    @property
    def said(self) -> ConsentSaid:
        """What was said of it. It raises keys.Unreadable where the key of the case was destroyed."""
        return ConsentSaid.from_text(self.said_text)

    @said.setter
    def said(self, said: ConsentSaid) -> None:
        self.said_text = said.as_text()


class MustNotReceive(models.Model):
    """Somebody to whom nothing of a case may go: an agency, or a person by name. It blocks every share until it is ended."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="must_not_receive")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    service = models.CharField(max_length=80, default="", blank=True)
    sealed_name = models.BinaryField(default=b"")
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_end_reason = models.BinaryField(default=b"")

    name = sealed_text("sealed_name", of_case)
    reason = sealed_text("sealed_reason", of_case)
    end_reason = sealed_text("sealed_end_reason", of_case)

    def __str__(self) -> str:
        return f"{self.case_id} must not receive {self.pk}"


class Agreement(models.Model):
    """An agreement on sharing with other organisations: which services it covers, for which purposes, and when it is looked at again."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_title = models.BinaryField(default=b"")
    sealed_note = models.BinaryField(default=b"")
    to = models.JSONField(default=list)
    """The kinds of service that it covers; with none, the services alone."""
    services = models.JSONField(default=list)
    """Ids of the directory."""
    purposes = models.JSONField(default=list)
    made_on = models.DateField()
    review_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_end_reason = models.BinaryField(default=b"")

    title = sealed_text("sealed_title", of_landlord)
    note = sealed_text("sealed_note", of_landlord)
    end_reason = sealed_text("sealed_end_reason", of_landlord)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(review_on__gt=F("made_on")), name="an_agreement_is_reviewed_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    def covers(self, to: str, service: str, purpose: str) -> bool:
        """This function will say whether it covers a receiver and a purpose."""
        return (to in self.to or (service != "" and service in self.services)) and purpose in self.purposes


class AgreementReview(models.Model):
    """An agreement was looked at: what was found, and when it is looked at next. It is never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_note = models.BinaryField(default=b"")
    was_due_on = models.DateField()
    review_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    note = sealed_text("sealed_note", of_landlord)

    def __str__(self) -> str:
        return f"agreement {self.agreement_id} reviewed"


@dataclass(frozen=True, slots=True)
class ShareSaid(_AsText):
    """What was said of a share in words. `attention` and `where` are to whom at the receiver it goes, and to which address of theirs;
    `named` are (part, why); `items` what was chosen, and `take_out` the words that were taken out beside what Fanlight takes out."""

    organisation: str = ""
    attention: str = ""
    where: str = ""
    why: str = ""
    necessity: str = ""
    proportion: str = ""
    why_without: str = ""
    conditions_kept: str = ""
    named: tuple[Any, ...] = ()
    items: tuple[str, ...] = ()
    take_out: tuple[str, ...] = ()


class Share(models.Model):
    """Something of a case leaves the landlord, or waits for whoever authorises it: to whom, what, why, and on which grounds.

    The very document is sealed here from the moment that it was asked for. What has gone is an entry of the case (`sequence`).
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    referral = models.ForeignKey(
        OnwardReferral, null=True, on_delete=models.PROTECT, related_name="shares", db_index=False
    )
    """The referral by which it goes, where it goes by one: then its entry is the referral's."""
    to = models.CharField(max_length=40)
    service = models.CharField(max_length=80, default="", blank=True)
    purpose = models.CharField(max_length=40)
    ground = models.CharField(max_length=24, choices=GROUNDS)
    article_6 = models.CharField(max_length=40)
    article_9 = models.CharField(max_length=40)
    article_10 = models.CharField(max_length=40)
    common_law = models.CharField(max_length=40)
    section_115 = models.BooleanField()
    consent = models.CharField(max_length=9)
    """How those whom it is about stood to it: given, refused, withdrawn, not_asked."""
    without = models.CharField(max_length=24, default="", blank=True)
    means = models.CharField(max_length=16, choices=MEANS)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="shares", db_index=False)
    about = models.JSONField(default=list)
    law = models.DateField()
    """The day from which the law is in force by which it was judged."""
    sealed_said = models.BinaryField()
    sealed_content = models.BinaryField()
    sealed_document = models.BinaryField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the document, by which one at the receiver's can be compared."""
    needs = models.JSONField(default=list)
    """Why somebody else authorises it: words of the landlord's settings."""
    is_to_be_authorised = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=OUTCOMES_OF_A_SHARE, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_decision = models.BinaryField(default=b"")
    gone_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    stopped_because = models.CharField(max_length=10, choices=WHY_STOPPED, default="", blank=True)
    received_at = models.DateTimeField(null=True)
    received_noted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_received = models.BinaryField(default=b"")
    """Who at the receiver's confirmed it, and what they said."""

    said_text = sealed_text("sealed_said", of_case)
    content_text = sealed_text("sealed_content", of_case)
    decision = sealed_text("sealed_decision", of_case)
    received = sealed_text("sealed_received", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(to="")
                & ~Q(purpose="")
                & ~Q(article_6="")
                & ~Q(article_9="")
                & ~Q(article_10="")
                & ~Q(common_law="")
                & ~Q(digest=""),
                name="a_share_has_its_whole_basis",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[ground for ground, _ in GROUNDS]), name="a_ground_of_a_share_that_is_known"
            ),
            models.CheckConstraint(
                condition=Q(consent="given") | ~Q(without=""), name="a_share_without_consent_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(ground="agreement") | Q(agreement__isnull=False),
                name="an_agreement_that_is_relied_on_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")), name="a_share_is_authorised_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(gone_at=None, sequence=None)
                | Q(gone_at__isnull=False, sequence__isnull=False, stopped_at=None),
                name="what_has_gone_is_on_the_record",
            ),
            models.CheckConstraint(
                condition=Q(gone_at=None) | Q(is_to_be_authorised=False) | Q(outcome="authorised"),
                name="a_share_goes_when_it_is_authorised",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "-asked_at"], name="shares_of_a_landlord"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} share {self.pk}"

    @property
    def said(self) -> ShareSaid:
        """What was said of it. It raises keys.Unreadable where the key of the case was destroyed."""
        return ShareSaid.from_text(self.said_text)

    @said.setter
    def said(self, said: ShareSaid) -> None:
        self.said_text = said.as_text()

    @property
    def document_place(self) -> keys.Place:
        """Where the document stands sealed."""
        return keys.Place(self._meta.db_table, self.mark, "sealed_document")

    @property
    def state(self) -> str:
        """How far it is: waits, gone, received, refused or stopped."""
        if self.stopped_at:
            return "stopped"
        if self.received_at:
            return "received"
        return "gone" if self.gone_at else self.outcome if self.outcome == "refused" else "waits"
