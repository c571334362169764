"""What the person at risk wants and what was agreed with them: wishes, plans, what was offered and chosen, interviews.

Each row stands beside an entry of its case, by the entry's sequence, and says what the entry has no words for.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanlight.casework import keys
from fanlight.casework.models.case import Case
from fanlight.casework.models.contact import Way
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.part import Part
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

PLANS = (("action_plan", "Action plan"), ("safety_plan", "Safety plan"))
OWNERS = (("us", "We do"), ("them", "They do"), ("other", "Somebody else does"))
ANSWERS_TO_AN_ITEM = (("done", "Done"), ("not_done", "Not done"), ("not_needed", "No longer needed"))
ANSWERS_TO_AN_OFFER = (("offered", "Offered"), ("chosen", "Chosen"), ("declined", "Declined"))
PATHWAYS = (("person_at_risk", "Person at risk"), ("causing_harm", "Person causing harm"))


class Wish(models.Model):
    """Whose wishes an entry of the kind `wishes` holds. Their words are those of the entry, which nothing changes; a later one counts."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wishes", db_index=False)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="wishes")
    sequence = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="wishes_stand_beside_one_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} e{self.sequence} wishes"


class Plan(models.Model):
    """A plan as it was written down; the last one of its kind counts, those before it stay.

    `sections` is what a safety plan says, section → words, as JSON; an action plan has items. `form` is the form by which it was
    asked. `may_keep` is whether they said that it is safe for them to keep a copy: None where nobody asked.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    part = models.ForeignKey(Part, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=11, choices=PLANS)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sequence = models.PositiveIntegerField()
    form = models.CharField(max_length=40, default="", blank=True)
    sealed_sections = models.BinaryField(default=b"")
    may_keep = models.BooleanField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    sections_text = sealed_text("sealed_sections", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="a_plan_stands_beside_one_entry"),
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in PLANS]), name="a_plan_that_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.pk}"


class PlanItem(models.Model):
    """One thing to do of an action plan: what, who does it, by which day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_what = models.BinaryField(default=b"")
    owner = models.CharField(max_length=5, choices=OWNERS)
    sealed_who = models.BinaryField(default=b"")
    """Which colleague or which organisation, in words."""
    due = models.DateField(null=True)
    waits = models.BooleanField(default=False)
    """Whether it is still to be done: its plan counts, and nobody has said that it is done or not needed."""

    what = sealed_text("sealed_what", of_case)
    who = sealed_text("sealed_who", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="items_of_a_plan_are_numbered"),
            models.CheckConstraint(
                condition=Q(owner__in=[owner for owner, _ in OWNERS]), name="an_owner_that_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due"], condition=Q(waits=True, due__isnull=False), name="plan_items_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} item {self.number}"


class PlanAnswer(models.Model):
    """What became of an item. The last answer counts; those before it stay."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="answers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    answer = models.CharField(max_length=10, choices=ANSWERS_TO_AN_ITEM)
    sealed_note = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    note = sealed_text("sealed_note", of_case)

    def __str__(self) -> str:
        return f"{self.item_id} {self.answer}"


class PlanCopy(models.Model):
    """A copy of a plan that was given or sent to the person whose plan it is: how, and the very document."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="copies")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    means = models.CharField(max_length=20)
    """As in safe_contact.MEANS."""
    way = models.ForeignKey(Way, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_document = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.plan_id} copy {self.pk}"

    @property
    def subject(self) -> keys.Subject:
        """Under whose key the document is sealed."""
        return of_case(self)

    @property
    def place(self) -> keys.Place:
        """Where the document stands sealed."""
        return keys.Place(self._meta.db_table, self.mark, "sealed_document")


class Offered(models.Model):
    """What became of one item of a menu of the policy: offered, chosen or declined, on a day. The last one counts.

    `option` is the menu's row in the policy's `version`, `item` the item as it stands there. `pathway` is whose menu it was.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offered", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sequence = models.PositiveIntegerField()
    pathway = models.CharField(max_length=16, choices=PATHWAYS)
    version = models.CharField(max_length=60)
    option = models.CharField(max_length=80)
    item = models.TextField()
    answer = models.CharField(max_length=8, choices=ANSWERS_TO_AN_OFFER)
    sealed_note = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    note = sealed_text("sealed_note", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="an_offer_stands_beside_one_entry"),
            models.CheckConstraint(
                condition=Q(answer__in=[answer for answer, _ in ANSWERS_TO_AN_OFFER]), name="an_answer_that_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} e{self.sequence} {self.answer}"


class Interview(models.Model):
    """Who was there at an interview, and what was not right about it (`wrong`: words of interviews.WRONGS), with the reason."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interviews", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sequence = models.PositiveIntegerField()
    sealed_supporter = models.BinaryField(default=b"")
    sealed_interpreter = models.BinaryField(default=b"")
    wrong = models.JSONField(default=list)
    sealed_reason = models.BinaryField(default=b"")

    supporter = sealed_text("sealed_supporter", of_case)
    interpreter = sealed_text("sealed_interpreter", of_case)
    reason = sealed_text("sealed_reason", of_case)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="an_interview_stands_beside_one_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} e{self.sequence} interview"
