"""People and homes entered in the register, with the fingerprints by which they are found. No verb: part of the actions that do."""

from collections.abc import Iterable
from datetime import datetime

from fanlight.casework import keys, likeness
from fanlight.casework.keys import Subject
from fanlight.casework.models import Case, FoundBy, Home, HomeDetails, Person, PersonDetails, Resident


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
    person = Person(landlord_id=landlord_id, first_case=first_case, changed_at=now)
    keys.make_many([Subject("person", person.mark)])
    person.details = details
    person.reference = reference
    person.save(force_insert=True)
    FoundBy.objects.bulk_create(rows_for(person, details, case=first_case))
    Resident.objects.bulk_create(Resident(landlord_id=landlord_id, person=person, home=home) for home in homes)
    return person


def index_person(person: Person, details: PersonDetails | None = None, *, case: Case | None = None) -> None:
    """This function will make anew the fingerprints of somebody: those of the register, or those that a case added.

    Without `details`, by those in the row. The fingerprints of one who was first named in a case are that case's.
    """
    if case is None and person.first_case_id is not None:
        case = person.first_case
    FoundBy.objects.filter(person=person, case=case).delete()
    FoundBy.objects.bulk_create(rows_for(person, details or person.details, case=case))


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
