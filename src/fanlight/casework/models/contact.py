"""How a person may be reached, as a case learned it: by which way, whether it is safe, when, in which words."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from fanlight.casework.keys import Subject
from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.register import Person, as_fields, what_is_said
from fanlight.casework.models.sealed import new_mark, sealed_text
from fanlight.casework.models.staff import Staff

WAYS = (
    ("phone", "Telephone"),
    ("text", "Text message"),
    ("email", "E-mail"),
    ("post", "Post"),
    ("visit", "Visit"),
    ("portal", "Online account"),
)
ADDRESSES = ("post", "visit")
"""The ways whose value is an address, and may be protected."""
STANDINGS = (("safe", "Safe"), ("unsafe", "Not safe"), ("not_known", "Not known"))


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a way may be used.

    `days` are of mon, tue, … (none: any day); `since` and `until` are times of the day as "09:30" (empty: any time), in
    Europe/London. `may_leave_message` is None where nobody has said. `words` is what to say, `not_words` what never to say.
    """

    days: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    ask_for: str = ""
    words: str = ""
    not_words: str = ""
    code_word: str = ""
    may_leave_message: bool | None = None
    must_not_learn: str = ""

    def as_text(self) -> str:
        """This function will give the terms as they are sealed; nothing where nothing is said."""
        said = what_is_said(self)
        return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """This function will read what `as_text` wrote."""
        said: dict[str, Any] = json.loads(text) if text else {}
        return cls(**as_fields(said))


def of_the_person(row: Any) -> Subject:
    """This function will say that what a row holds is sealed under the key of the person whom it concerns."""
    return Subject("person", row.person.mark)


class Way(models.Model):
    """A way of reaching somebody, as it stood from `at` until it was said anew (`ended_at`): nothing is overwritten.

    It is known through `case`, and shown to whoever sees that case; whether somebody may be reached by it is asked of
    everything that is known, whatever the case.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ways")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ways")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    kind = models.CharField(max_length=8, choices=WAYS)
    sealed_value = models.BinaryField(default=b"")
    """The number, the address; nothing for a way that needs none, such as an online account."""
    value_index = models.CharField(max_length=40, default="", blank=True)
    """By which the same number or address is known again, however it was typed."""
    standing = models.CharField(max_length=9, choices=STANDINGS, default="not_known")
    sealed_terms = models.BinaryField(default=b"")
    is_protected = models.BooleanField(default=False)
    """An address that named people alone may know."""
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    value = sealed_text("sealed_value", of_the_person)
    terms_text = sealed_text("sealed_terms", of_the_person)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in WAYS]), name="a_way_that_is_known"),
            models.CheckConstraint(
                condition=Q(standing__in=[standing for standing, _ in STANDINGS]), name="a_standing_that_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=Q(ended_at=None), name="ways_that_hold"),
            models.Index(
                fields=["landlord"], condition=Q(is_protected=True, ended_at=None), name="addresses_protected"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} {self.kind} {self.standing}"

    @property
    def terms(self) -> Terms:
        """On which terms it may be used. It raises keys.Unreadable where the person's key was destroyed."""
        return Terms.from_text(self.terms_text)

    @terms.setter
    def terms(self, terms: Terms) -> None:
        self.terms_text = terms.as_text()
