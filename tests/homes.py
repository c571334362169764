"""Makes homes and who lives in them, for tests that need no more of the register."""

from datetime import date
from typing import Any

from fanlight.casework import keys
from fanlight.casework.models import (
    Case,
    Home,
    HomeDetails,
    Landlord,
    Part,
    Person,
    PersonDetails,
    Resident,
    Staff,
    Tenancy,
)
from tests import make


def a_home(number: int = 1, landlord_id: str = "connect", **more: Any) -> Home:
    """This function will make a home at a number in Alder Court."""
    landlord, _ = Landlord.objects.get_or_create(id=landlord_id, defaults={"name": landlord_id})
    home = Home(landlord=landlord, changed_at=make.MORNING, **more)
    home.details = HomeDetails((f"{number} Alder Court", "Exampleton"), "ZZ1 1ZZ", uprn_of(number))
    home.reference = f"H{number:06}"
    home.uprn_index = keys.blind("uprn", home.details.uprn, within=landlord_id)
    home.address_index = keys.blind("address", home.details.address, within=landlord_id)
    home.save()
    return home


def uprn_of(number: int) -> str:
    """This function will give the number in the gazetteer of the home of a number."""
    return f"1000{number:08}"


def a_tenancy(home: Home, reference: str = "T000001", **more: Any) -> Tenancy:
    """This function will make a tenancy of a home."""
    tenancy = Tenancy(landlord_id=home.landlord_id, home=home, changed_at=make.MORNING, **more)
    tenancy.reference = reference
    tenancy.save()
    return tenancy


def a_person(name: str = "Maria Novak", landlord_id: str = "connect") -> Person:
    """This function will make somebody in the register."""
    given, _, family = name.rpartition(" ")
    person = Person(landlord_id=landlord_id, changed_at=make.MORNING)
    person.details = PersonDetails(given, family)
    person.save()
    return person


def lives_in(person: Person, home: Home, *, to_on: date | None = None, **more: Any) -> Resident:
    """This function will let somebody live in a home, or have lived there."""
    return Resident.objects.create(landlord_id=home.landlord_id, person=person, home=home, to_on=to_on, **more)


def a_part(case: Case, person: Person, part: str, by: Staff) -> Part:
    """This function will put somebody of the register into a case."""
    row = Part(landlord_id=case.landlord_id, case=case, person=person, part=part, added_at=make.MORNING, added_by=by)
    row.name = person.details.name
    row.save()
    return row
