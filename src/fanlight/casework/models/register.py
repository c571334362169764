"""The register: people, homes, tenancies and who lives where, partly as the landlord's housing system has them.

What stands here is what housing staff know of a tenant without any case. What a case learns about somebody (how it is safe
to reach them, where they went) stands with the case, in `models.contact`.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from fanlight.casework.keys import Subject
from fanlight.casework.models.case import Case
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.sealed import new_mark, sealed_text
from fanlight.casework.models.staff import Staff


def what_is_said(details: Any) -> dict[str, Any]:
    """This function will give the fields of details that say something."""
    return {name: value for name, value in asdict(details).items() if value not in ("", (), None)}


def as_fields(said: dict[str, Any]) -> dict[str, Any]:
    """This function will give what was read from JSON as the fields of details: its lists are tuples there."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Who somebody is. `phones` and `emails` are those of the housing system: nobody has said that they are safe."""

    given_names: str = ""
    family_name: str = ""
    title: str = ""
    former_names: tuple[str, ...] = ()
    born: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    language: str = ""
    interpreter: bool | None = None
    communication: str = ""
    access_needs: str = ""

    @property
    def name(self) -> str:
        """The name as it is said."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)

    def as_text(self) -> str:
        """This function will give the details as they are sealed: JSON of all that is said."""
        return json.dumps(what_is_said(self), default=str, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """This function will read what `as_text` wrote."""
        said: dict[str, Any] = json.loads(text) if text else {}
        if "born" in said:
            said["born"] = date.fromisoformat(said["born"])
        return cls(**as_fields(said))


@dataclass(frozen=True, slots=True)
class HomeDetails:
    """Where a home is. `uprn` is its number in the national gazetteer, where it is known."""

    lines: tuple[str, ...] = ()
    postcode: str = ""
    uprn: str = ""

    @property
    def address(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (*self.lines, self.postcode) if part)

    def as_text(self) -> str:
        """This function will give the details as they are sealed."""
        return json.dumps({"lines": self.lines, "postcode": self.postcode, "uprn": self.uprn}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """This function will read what `as_text` wrote."""
        said: dict[str, Any] = json.loads(text) if text else {}
        return cls(tuple(said.get("lines", ())), said.get("postcode", ""), said.get("uprn", ""))


def of_person(row: Any) -> Subject:
    """This function will say that what a person's row holds is sealed under a key of their own."""
    return Subject("person", row.mark)


def of_landlord(row: Any) -> Subject:
    """This function will say that what a row holds is sealed under the key of the landlord's homes and tenancies."""
    return Subject("landlord", row.landlord_id)


class Person(models.Model):
    """Somebody whom the landlord knows: a tenant of the housing system, or a person who was first named in a case.

    One who was first named in a case (`first_case`) is seen through the cases that they are in, and in no other way.
    Merged with another (`merged_into`), the row stays as it was, so that it can be taken apart again.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_details = models.BinaryField(default=b"")
    sealed_reference = models.BinaryField(default=b"")
    reference_index = models.CharField(max_length=40, default="", blank=True)
    """By which an import finds its own person again; empty for one whom the housing system does not know."""
    imported_as = models.CharField(max_length=40, default="", blank=True)
    """The fingerprint of the row of the last import: the same row again changes nothing."""
    sealed_own = models.BinaryField(default=b"")
    sealed_imported = models.BinaryField(default=b"")
    first_case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    is_protected = models.BooleanField(default=False, db_default=False)
    """Where they live is known to named people alone, from the day that a move was asked for: whatever the housing system
    says of where they live now comes in hidden (`Resident.is_hidden`), and no fingerprint of it is made for the register."""
    changed_at = models.DateTimeField()

    details_text = sealed_text("sealed_details", of_person)
    own_text = sealed_text("sealed_own", of_person)
    """What the landlord's staff have learned and said here of some of the details: it stands, whatever an import says."""
    imported_text = sealed_text("sealed_imported", of_person)
    """What the housing system says, where staff have said something else here: the difference is shown."""
    reference = sealed_text(
        "sealed_reference", of_person, {"person_reference": "reference_index"}, lambda person: person.landlord_id
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["landlord", "reference_index"],
                condition=~Q(reference_index=""),
                name="one_person_for_each_reference",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_is_merged_with_themselves"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord"], condition=Q(is_protected=True), name="people_protected"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def details(self) -> PersonDetails:
        """Who they are. It raises keys.Unreadable where their key was destroyed."""
        return PersonDetails.from_text(self.details_text)

    @details.setter
    def details(self, details: PersonDetails) -> None:
        self.details_text = details.as_text()


def one_with(person: str, same: str) -> str:
    """This function will give, in SQL, the join from a person to everybody who is one with them since they were merged, themselves too.

    Both are the short names that the SQL gives them. Databases answer it by short reads of two indexes.
    """
    root = f"coalesce({person}.merged_into_id, {person}.id)"
    return f"join casework_person {same} on {same}.id = {root} or {same}.merged_into_id = {root}"


def of_one(person: Person) -> Q:
    """This function will give the condition on rows that name a person: of anybody who is one with the person where merges end."""
    return Q(person=person) | Q(person__merged_into=person)


def group_of(number: int | None) -> frozenset[int]:
    """This function will give the ids of everybody who is one with a person since they were merged, themselves too."""
    if number is None:
        return frozenset()
    root = Person.objects.filter(pk=number).values_list("merged_into_id", flat=True).first() or number
    return frozenset((root, *Person.objects.filter(merged_into=root).values_list("pk", flat=True)))


class FoundBy(models.Model):
    """A fingerprint by which a person is found, or a home and through it whoever lives there, or a case and whoever is in it.

    One that a case added (`case`) is of use only to whoever sees that case.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="found_by")
    home = models.ForeignKey("Home", null=True, on_delete=models.CASCADE, related_name="found_by", db_index=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    token = models.CharField(max_length=24)
    """A keyed fingerprint of a kind and a value, which says neither. It holds within the landlord alone."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(home__isnull=False) | Q(case__isnull=False),
                name="a_fingerprint_is_of_something",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["token", "person", "case"], name="people_by_fingerprint"),
            models.Index(fields=["home"], condition=Q(home__isnull=False), name="fingerprints_of_a_home"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="fingerprints_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} home {self.home_id} case {self.case_id}"


class Home(models.Model):
    """A home that the landlord lets or manages, or let once. Patch and area are the landlord's own words for where it is."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_details = models.BinaryField(default=b"")
    sealed_reference = models.BinaryField(default=b"")
    reference_index = models.CharField(max_length=40, default="", blank=True)
    uprn_index = models.CharField(max_length=40, default="", blank=True)
    address_index = models.CharField(max_length=40, default="", blank=True)
    """The fingerprint of its first line and postcode, folded: by which an address that somebody types finds it."""
    imported_as = models.CharField(max_length=40, default="", blank=True)
    patch = models.CharField(max_length=80, default="", blank=True)
    area = models.CharField(max_length=80, default="", blank=True)
    changed_at = models.DateTimeField()

    details_text = sealed_text("sealed_details", of_landlord)
    reference = sealed_text(
        "sealed_reference", of_landlord, {"home_reference": "reference_index"}, lambda home: home.landlord_id
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["landlord", "reference_index"],
                condition=~Q(reference_index=""),
                name="one_home_for_each_reference",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "uprn_index"], condition=~Q(uprn_index=""), name="homes_by_uprn"),
            models.Index(fields=["landlord", "address_index"], condition=~Q(address_index=""), name="homes_by_address"),
        ]

    def __str__(self) -> str:
        return f"home {self.pk}"

    @property
    def details(self) -> HomeDetails:
        """Where it is."""
        return HomeDetails.from_text(self.details_text)

    @details.setter
    def details(self, details: HomeDetails) -> None:
        self.details_text = details.as_text()


class Tenancy(models.Model):
    """A tenancy, occupation contract or licence of a home; sole or joint, from a day and perhaps to one."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="tenancies")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_reference = models.BinaryField(default=b"")
    reference_index = models.CharField(max_length=40, default="", blank=True)
    imported_as = models.CharField(max_length=40, default="", blank=True)
    kind = models.CharField(max_length=40, default="", blank=True)
    tenure = models.CharField(max_length=40, default="", blank=True)
    is_joint = models.BooleanField(null=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    reference = sealed_text(
        "sealed_reference", of_landlord, {"tenancy_reference": "reference_index"}, lambda tenancy: tenancy.landlord_id
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["landlord", "reference_index"],
                condition=~Q(reference_index=""),
                name="one_tenancy_for_each_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"tenancy {self.pk}"


class Resident(models.Model):
    """Somebody lives in a home, or lived there; with a tenancy they hold it (`holds`) or are in its household.

    `is_hidden`: they have left, or are about to, and whoever looks without a case must not see that they were here or go on
    being here; an import leaves it as it is.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="homes")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="residents")
    tenancy = models.ForeignKey(Tenancy, null=True, on_delete=models.PROTECT, related_name="residents")
    holds = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    is_hidden = models.BooleanField(default=False, db_default=False)
    came_hidden = models.BooleanField(default=False, db_default=False)
    """Hidden from the first: whoever looks without a case has never seen them here. Where somebody lives so whose address is
    protected, nobody who moves in with them is shown there either."""
    imported_as = models.CharField(max_length=40, default="", blank=True, db_default="")
    """The fingerprint of the row of the last import; nothing for what the housing system has never said."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenancy", "person"], name="somebody_is_in_a_tenancy_once"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} at home {self.home_id}"


class PersonChange(models.Model):
    """What somebody on staff changed in what is said of a person: each detail as it was and as it is, kept for good."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_change = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)

    change_text = sealed_text("sealed_change", lambda row: Subject("person", row.person.mark))

    def __str__(self) -> str:
        return f"person {self.person_id} {self.at:%Y-%m-%d %H:%M}"
