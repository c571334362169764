"""Moving without a trace: who may know a protected address, changes of address, and the letters that were written."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fanlight.casework import keys
from fanlight.casework.models.case import Case
from fanlight.casework.models.contact import Way, of_the_person
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.part import Part
from fanlight.casework.models.register import Home, Person
from fanlight.casework.models.sealed import new_mark, of_case, sealed_text
from fanlight.casework.models.staff import Staff

OUTCOMES_OF_A_MOVE = (("authorised", "Authorised"), ("refused", "Refused"))
OUTCOMES_OF_A_LIFTING = (("lifted", "Lifted"), ("kept", "Kept"))
MANNERS = (("tell", "To be told"), ("silent", "To be kept silent"))
ANSWERS_TO_A_STEP = (("done", "Done"), ("not_needed", "Not needed"))


class MayKnow(models.Model):
    """Somebody may know a protected address of a person, as long as they see the case through which it is known.

    Nobody else does, whatever their role. The row is kept when it is over.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="known_to", db_index=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=40, default="", blank=True)
    """The fingerprint of the address, as in `Way.value_index`: another one of theirs is not known by it."""
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateTimeField(null=True)
    """When it ends by itself; None: when somebody ends it."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "staff", "address"],
                condition=Q(ended_at=None),
                name="somebody_may_know_an_address_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} may know person {self.person_id}"


class Move(models.Model):
    """A change of address that must leave no trace: asked for, authorised by somebody else, carried out system by system.

    `way` is the new address, where it is known; `new_home` is said where it is one of the landlord's own. `named` are the ids
    of those who asked or were proposed to know it: it is the authoriser who lets them.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="moves")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reason = models.BinaryField(default=b"")
    moves_on = models.DateField(null=True)
    new_home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    way = models.ForeignKey(Way, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    named = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=OUTCOMES_OF_A_MOVE, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_decision = models.BinaryField(default=b"")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_why_cancelled = models.BinaryField(default=b"")

    reason = sealed_text("sealed_reason", of_case)
    decision = sealed_text("sealed_decision", of_case)
    why_cancelled = sealed_text("sealed_why_cancelled", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")), name="a_move_is_authorised_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(outcome for outcome, _ in OUTCOMES_OF_A_MOVE)]),
                name="an_outcome_of_a_move_that_is_known",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(outcome="authorised", cancelled_at=None),
                name="a_move_is_done_when_authorised",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(done_at=None, cancelled_at=None) & ~Q(outcome="refused"),
                name="one_open_move_for_a_person",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["landlord", "asked_at"],
                condition=Q(done_at=None, cancelled_at=None) & ~Q(outcome="refused"),
                name="open_moves_of_a_landlord",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} move {self.pk}"

    @property
    def state(self) -> str:
        """How far it is: asked, authorised, done, refused or cancelled."""
        if self.cancelled_at:
            return "cancelled"
        return "done" if self.done_at else self.outcome or "asked"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in ("asked", "authorised")


class MoveStep(models.Model):
    """A system that must be told of a move, or be kept silent about it; `title` is the landlord's word for it."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    manner = models.CharField(max_length=6, choices=MANNERS)
    title = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["move", "number"], name="steps_of_a_move_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.move_id} step {self.number}"


class MoveAnswer(models.Model):
    """What was done about a system, or why nothing was. The last answer counts; those before it stay."""

    step = models.ForeignKey(MoveStep, on_delete=models.CASCADE, related_name="answers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    answer = models.CharField(max_length=10, choices=ANSWERS_TO_A_STEP)
    sealed_note = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    note = sealed_text("sealed_note", of_case)

    def __str__(self) -> str:
        return f"{self.step_id} {self.answer}"


class MoveChange(models.Model):
    """A move was put right: what, and why. It never says an address."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="changes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    what = models.JSONField(default=list)
    """Of: day, address, silence (the address was taken away), names."""
    sealed_reason = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    reason = sealed_text("sealed_reason", of_case)

    def __str__(self) -> str:
        return f"{self.move_id} put right"


class Lifting(models.Model):
    """Somebody asks that an address be protected no longer; somebody else lifts it, or does not. It says which by `way`.

    With no way it is of where the housing system says that they live, hidden since a move whose address nobody has said. The row
    stays, so that it is known for good that the address was protected, until when, and why no longer.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="liftings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    way = models.ForeignKey(Way, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reason = models.BinaryField(default=b"")
    they_agree = models.BooleanField(null=True)
    """Whether the person whose address it is wants it; None where nobody could ask them."""
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=8, choices=OUTCOMES_OF_A_LIFTING, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_decision = models.BinaryField(default=b"")

    reason = sealed_text("sealed_reason", of_case)
    decision = sealed_text("sealed_decision", of_case)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")), name="a_protection_is_lifted_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | Q(
                    outcome__in=[outcome for outcome, _ in OUTCOMES_OF_A_LIFTING],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="a_protection_is_lifted_or_not_by_somebody",
            ),
            models.UniqueConstraint(fields=["way"], condition=Q(outcome=""), name="one_open_lifting_of_an_address"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord"], condition=Q(outcome=""), name="liftings_to_decide_on"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} lifting {self.pk}"


class Letter(models.Model):
    """A letter as it was written: to whom, by which way, and the very document."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    part = models.ForeignKey(Part, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    way = models.ForeignKey(Way, null=True, on_delete=models.SET_NULL, related_name="+")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    kind = models.CharField(max_length=40)
    """Which of the landlord's letters it is."""
    sealed_document = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.case_id} letter {self.pk}"

    @property
    def subject(self) -> keys.Subject:
        """Under whose key the document is sealed: that of the person to whom it is written."""
        return of_the_person(self)

    @property
    def place(self) -> keys.Place:
        """Where the document stands sealed."""
        return keys.Place(self._meta.db_table, self.mark, "sealed_document")
