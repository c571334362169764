"""People and homes entered in the register, with the fingerprints by which they are found. No verb: part of the actions that do."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from fanlight.casework import keys, likeness
from fanlight.casework.keys import Subject
from fanlight.casework.models import Case, FoundBy, Home, HomeDetails, Part, Person, PersonDetails, Resident, Way


def enter_person(
    landlord_id: str,
    details: PersonDetails,
    *,
    first_case: Case | None = None,
    homes: Iterable[Home] = (),
    reference: str = "",
    now: datetime,
) -> Person:
    """This function will enter somebody in the register: the row, sealed, the fingerprints of it, and where they live.

    One who is first named in a case (`first_case`) is seen through the cases that they are in, in no other way: their
    fingerprints are that case's.
    """
    (person,) = enter_people(landlord_id, [details], first_case=first_case, references=[reference], now=now)
    Resident.objects.bulk_create(Resident(landlord_id=landlord_id, person=person, home=home) for home in homes)
    return person


def enter_people(
    landlord_id: str,
    many: Sequence[PersonDetails],
    *,
    first_case: Case | None = None,
    references: Sequence[str] = (),
    now: datetime,
) -> list[Person]:
    """This function will enter several people in the register, in their order: one journey for their keys, one for all the rest."""
    people = [Person(landlord_id=landlord_id, first_case=first_case, changed_at=now) for _ in many]
    keys.make_many(Subject("person", person.mark) for person in people)
    for place, (person, details) in enumerate(zip(people, many, strict=True)):
        person.details = details
        person.reference = references[place] if references else ""
    Person.objects.bulk_create(people)
    together = zip(people, many, strict=True)
    FoundBy.objects.bulk_create(row for person, said in together for row in rows_for(person, said, case=first_case))
    return people


NAME_NOT_KNOWN = "Name not known"
"""What stands for the name of somebody whom a report could not name; nobody is found by it."""


def details_of(name: str, *, phone: str = "", born: date | None = None) -> PersonDetails:
    """This function will give what a case says of somebody, as the details of a person."""
    given, family = likeness.split_name("" if name == NAME_NOT_KNOWN else name)
    return PersonDetails(given, family, born=born, phones=(phone,) if phone else ())


def enter_parts(
    rows: Sequence[Part], people: Sequence[Person | None], *, born: date | None = None, now: datetime
) -> None:
    """This function will save the parts of people in a case, each as who they are in the register: somebody new, where it is None.

    What the case calls them by is a fingerprint of that case: whoever sees it finds them so.
    """
    if not rows:
        return
    new = [row for row, person in zip(rows, people, strict=True) if person is None]
    for row, person in zip(rows, people, strict=True):
        row.person = person
    if new:
        said = [details_of(row.name, phone=row.phone, born=born) for row in new]
        entered = enter_people(new[0].landlord_id, said, first_case=new[0].case, now=now)
        for row, person in zip(new, entered, strict=True):
            row.person = person
    Part.objects.bulk_create(rows)
    known = [(row, person) for row, person in zip(rows, people, strict=True) if person is not None]
    FoundBy.objects.bulk_create(
        found
        for row, person in known
        for found in rows_for(person, details_of(row.name, phone=row.phone, born=born), case=row.case)
    )


def enter_parts_known(rows: Sequence[Part], *, now: datetime) -> None:
    """This function will enter in the register whoever stands in a case and is nobody there yet."""
    for row in rows:
        (row.person,) = enter_people(
            row.landlord_id, [details_of(row.name, phone=row.phone)], first_case=row.case, now=now
        )
        row.save(update_fields=["person"])


def index_person(person: Person, details: PersonDetails | None = None, *, case: Case | None = None) -> None:
    """This function will make anew the fingerprints of somebody: those of the register, or those that a case added.

    Without `details`, by those in the row. The fingerprints of one who was first named in a case are that case's; to those of a
    case belongs the name by which it knows them.
    """
    if case is None and person.first_case_id is not None:
        case = person.first_case
    said = details or person.details
    if case is not None:
        ways = Way.objects.filter(case=case, person=person, kind__in=DIALLED, is_protected=False, ended_at=None)
        said = replace(said, phones=(*said.phones, *(way.value for way in ways)))
        parts = Part.objects.filter(case=case, person=person)
        also = dict.fromkeys(part.name for part in parts if part.name not in (said.name, NAME_NOT_KNOWN))
        said = replace(said, former_names=(*said.former_names, *also))
    FoundBy.objects.filter(person=person, case=case).delete()
    FoundBy.objects.bulk_create(rows_for(person, said, case=case))


DIALLED = ("phone", "text")


def index_way(way: Way) -> None:
    """This function will let somebody be found by a number that a case has learned, for whoever sees that case."""
    if way.kind in DIALLED and not way.is_protected:
        FoundBy.objects.bulk_create(rows_for(way.person, PersonDetails(phones=(way.value,)), case=way.case))


def rows_for(person: Person, details: PersonDetails, *, case: Case | None = None) -> list[FoundBy]:
    """This function will give the fingerprints of somebody as rows that are not saved yet."""
    return [
        FoundBy(landlord_id=person.landlord_id, person=person, case=case, token=token)
        for token in tokens_of_person(person.landlord_id, details)
    ]


def tokens_of_person(landlord_id: str, details: PersonDetails) -> list[str]:
    """This function will give the fingerprints by which somebody is found, for whoever enters many."""
    return keys.tokens(sorted(likeness.signs_of_person(details)), within=landlord_id)


def index_home(home: Home, details: HomeDetails | None = None) -> None:
    """This function will make anew the fingerprints of a home, by which whoever lives there is found."""
    FoundBy.objects.filter(home=home).delete()
    FoundBy.objects.bulk_create(rows_for_home(home, details or home.details))


def rows_for_home(home: Home, details: HomeDetails) -> list[FoundBy]:
    """This function will give the fingerprints of a home as rows that are not saved yet."""
    return [
        FoundBy(landlord_id=home.landlord_id, home=home, token=token)
        for token in tokens_of_home(home.landlord_id, details)
    ]


def tokens_of_home(landlord_id: str, details: HomeDetails) -> list[str]:
    """This function will give the fingerprints by which a home is found: its postcode, its street, its door."""
    return keys.tokens(sorted(likeness.signs_of_home(details)), within=landlord_id)
