"""The register as the housing system has it: a home with its tenancies, somebody with their homes. It says nothing of any case.

Who is hidden is left out where the database looks, and so is a tenancy in which nobody else is: the page is the same, and asks
as much, as if they had never been there. Telephone numbers and e-mail addresses are shown in part, to know somebody by and not to
reach them: nobody has said that they are safe.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fanlight.casework import keys, sql
from fanlight.casework.access import NotFound, can, demand
from fanlight.casework.keys import Subject
from fanlight.casework.models import Home, Person, PersonChange, PersonDetails, Resident, Staff, Tenancy, names_of
from fanlight.casework.queries.find_people import person_seen
from fanlight.casework.queries.markers import instructions_at
from fanlight.casework.queries.own_words import OWN, Differs, Said, differences, said_by_staff
from fanlight.present import day_of

IN_WORDS = {True: "Yes", False: "No", None: "Not known"}


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """Somebody who lives in a home, or lived there."""

    person_id: int
    name: str
    holds: bool
    from_on: date | None
    to_on: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class TenancyLine:
    """A tenancy of a home. Without a reference it is those who are known to live there by none."""

    reference: str
    kind: str
    tenure: str
    joint: str
    began_on: date | None
    ended_on: date | None
    is_over: bool
    residents: tuple[ResidentLine, ...]


@dataclass(frozen=True, slots=True)
class RegisterHome:
    """A home, with its tenancies, those of now first."""

    id: int
    reference: str
    lines: tuple[str, ...]
    postcode: str
    uprn: str
    patch: str
    area: str
    instructions: tuple[str, ...]
    """What whoever goes there must know, in no words that say why."""
    tenancies: tuple[TenancyLine, ...]


@dataclass(frozen=True, slots=True)
class HomeLine:
    """Where somebody lives, or lived."""

    home_id: int
    address: str
    tenancy: str
    holds: bool
    from_on: date | None
    to_on: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What somebody on staff changed in what is said of a person."""

    at: datetime
    by: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Own:
    """The details of a person that staff may change here."""

    language: str
    interpreter: bool | None
    communication: str
    access_needs: str


@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """Somebody of the register. `phones` and `emails` are their ends; `differs`, where staff and the housing system differ."""

    id: int
    reference: str
    name: str
    title: str
    former_names: tuple[str, ...]
    born: date | None
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    own: Own
    differs: tuple[Differs, ...]
    homes: tuple[HomeLine, ...]
    changes: tuple[ChangeLine, ...]
    may_record_equality: bool


def register_home(viewer: Staff, number: int, *, now: datetime) -> RegisterHome:
    """This function will give a home of the register. It raises Refused; NotFound."""
    demand(viewer, "register:see")
    home = Home.objects.filter(landlord_id=viewer.landlord_id, pk=number).first()
    if home is None:
        raise NotFound
    rows = _living(viewer, "home", number)
    today = day_of(now)
    details = home.details
    return RegisterHome(
        id=home.pk,
        reference=home.reference,
        lines=details.lines,
        postcode=details.postcode,
        uprn=details.uprn,
        patch=home.patch,
        area=home.area,
        instructions=instructions_at(home.landlord_id, home.pk, now),
        tenancies=_tenancies(rows, today),
    )


def register_person(viewer: Staff, number: int, *, now: datetime) -> RegisterPerson:
    """This function will give somebody whom the housing system knows. It raises Refused; NotFound."""
    demand(viewer, "register:see")
    person = _known_to_housing(viewer, number)
    if person is None:
        raise NotFound
    rows = _living(viewer, "person", number)
    changes = PersonChange.objects.filter(person_id=number, landlord_id=viewer.landlord_id).order_by("-at", "-pk")
    held = list(changes)
    names = names_of(change.by_id for change in held)
    details = _opened(person)
    for change in held:
        change.person = person
    return RegisterPerson(
        id=person.pk,
        reference=person.reference,
        name=details.name,
        title=details.title,
        former_names=details.former_names,
        born=details.born,
        phones=tuple(_end_of(phone) for phone in details.phones),
        emails=tuple(_end_of_email(email) for email in details.emails),
        own=_own(details),
        differs=_differs(person),
        homes=_homes(rows, day_of(now)),
        changes=tuple(line for change in held for line in _changed(change, names[change.by_id])),
        may_record_equality=can(viewer, "equality:record"),
    )


def person_to_change(viewer: Staff, number: int, *, now: datetime) -> Person:
    """This function will give somebody whom the viewer may see, in the register or in a case. It raises NotFound."""
    if number > sql.LARGEST:
        raise NotFound
    person = _known_to_housing(viewer, number) if can(viewer, "register:see") else None
    if person is None and person_seen(viewer, number, now=now) is not None:
        person = Person.objects.filter(landlord_id=viewer.landlord_id, pk=number).first()
    if person is None:
        raise NotFound
    return person


def own_of(person: Person) -> Own:
    """This function will give what staff may change of a person, as it is."""
    return _own(_opened(person))


def _known_to_housing(viewer: Staff, number: int) -> Person | None:
    """Somebody whom the housing system has a reference for: one who was first named in a case is seen through it alone."""
    known = Person.objects.filter(landlord_id=viewer.landlord_id, first_case=None).exclude(reference_index="")
    return known.filter(pk=number).first()


def _opened(person: Person) -> PersonDetails:
    try:
        return person.details
    except keys.Unreadable:
        raise NotFound from None


def _own(details: PersonDetails) -> Own:
    return Own(details.language, details.interpreter, details.communication, details.access_needs)


def _differs(person: Person) -> tuple[Differs, ...]:
    return differences(said_by_staff(person.own_text), PersonDetails.from_text(person.imported_text))


_RESIDENT: sql.Columns = (
    Resident,
    "one",
    ("person_id", "home_id", "tenancy_id", "holds", "from_on", "to_on"),
)
_PERSON: sql.Columns = (Person, "person", ("mark", "sealed_details"))
_HOME: sql.Columns = (Home, "home", ("mark", "landlord_id", "sealed_details"))
_TENANCY: sql.Columns = (
    Tenancy,
    "tenancy",
    ("id", "mark", "landlord_id", "sealed_reference", "kind", "tenure", "is_joint", "began_on", "ended_on"),
)


@dataclass(frozen=True, slots=True)
class _Living:
    """Somebody in a home, by a tenancy or by none."""

    resident: Resident
    person: Person
    home: Home
    tenancy: Tenancy | None


def _living(viewer: Staff, of: str, number: int) -> list[_Living]:
    """Who lives or lived in a home, or where somebody does or did, as the housing system says; nobody who is hidden."""
    which = f"""from casework_resident one join casework_person person on person.id = one.person_id
        join casework_home home on home.id = one.home_id
        left join casework_tenancy tenancy on tenancy.id = one.tenancy_id
        where one.{of}_id = %s and one.landlord_id = %s and not one.is_hidden and one.imported_as <> ''
        and person.first_case_id is null order by one.id"""
    tables = (_RESIDENT, _PERSON, _HOME, _TENANCY)
    found = []
    for row in sql.select(which, [number, viewer.landlord_id], *tables):
        values = iter(row)
        resident, person, home, tenancy = ({name: next(values) for name in columns} for _, _, columns in tables)
        found.append(
            _Living(
                Resident(**resident),
                Person(**person),
                Home(**home),
                Tenancy(**tenancy) if tenancy["id"] else None,
            )
        )
    keys.warm(Subject("person", one.person.mark) for one in found)
    return found


def _tenancies(rows: Sequence[_Living], today: date) -> tuple[TenancyLine, ...]:
    by_tenancy: dict[int, list[_Living]] = {}
    for row in rows:
        by_tenancy.setdefault(row.resident.tenancy_id or 0, []).append(row)
    lines = [_tenancy_line(living, today) for living in by_tenancy.values()]
    return tuple(sorted((line for line in lines if line.residents), key=_latest_first))


def _tenancy_line(living: Sequence[_Living], today: date) -> TenancyLine:
    tenancy = living[0].tenancy
    residents = sorted(_residents(living, today), key=lambda one: (one.is_over, not one.holds, one.name.casefold()))
    holders = sum(one.holds for one in residents)
    if tenancy is None:
        is_over = all(one.is_over for one in residents)
        return TenancyLine("", "", "", "", None, None, is_over, tuple(residents))
    # With one holder shown, "joint" would say that there is another.
    joint = "Sole" if tenancy.is_joint is False else "Joint" if tenancy.is_joint and holders > 1 else ""
    return TenancyLine(
        reference=tenancy.reference,
        kind=tenancy.kind,
        tenure=tenancy.tenure,
        joint=joint,
        began_on=tenancy.began_on,
        ended_on=tenancy.ended_on,
        is_over=_is_over(tenancy.ended_on, today),
        residents=tuple(residents),
    )


def _residents(living: Iterable[_Living], today: date) -> Iterable[ResidentLine]:
    for row in living:
        try:
            name = row.person.details.name
        except keys.Unreadable:
            continue
        one = row.resident
        is_over = _is_over(one.to_on, today)
        yield ResidentLine(one.person_id, name, one.holds, one.from_on, one.to_on, is_over)


def _homes(rows: Iterable[_Living], today: date) -> tuple[HomeLine, ...]:
    lines = [
        HomeLine(
            home_id=row.resident.home_id,
            address=row.home.details.address,
            tenancy=row.tenancy.reference if row.tenancy else "",
            holds=row.resident.holds,
            from_on=row.resident.from_on,
            to_on=row.resident.to_on,
            is_over=_is_over(row.resident.to_on, today),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.is_over, -(line.from_on or date.min).toordinal())))


def _latest_first(line: TenancyLine) -> tuple[bool, int]:
    return line.is_over, -(line.began_on or date.min).toordinal()


def _is_over(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _end_of(phone: str) -> str:
    digits = "".join(filter(str.isdecimal, phone))
    return f"ends in {digits[-3:]}" if len(digits) > 3 else "too short to be one"


def _end_of_email(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _changed(change: PersonChange, by: str) -> Iterable[ChangeLine]:
    said: dict[str, list[Any]] = json.loads(change.change_text)
    for name, (before, after) in said.items():
        yield ChangeLine(change.at, by, OWN[name], in_words(before), in_words(after))


def in_words(said: Said) -> str:
    """This function will say a detail as a page shows it."""
    return IN_WORDS[said] if said is None or isinstance(said, bool) else said or "Nothing"
