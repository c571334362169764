"""Fills a register for the benchmark with people who do not exist, and says what callers say of some of them.

`python -m bench.search PEOPLE` works on the database of DATABASE_URL, which must be PostgreSQL and empty, and prints as JSON
whom to look for, and how many of the five hundred were among the first five. The people are those of `tests.recall`; the rows
are those that the import makes, brought in as a copy.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
django.setup()

from django.db import connection, models

from bench.load import PASSWORD
from bench.telling import LANDLORD, colleague
from fanlight.casework import keys
from fanlight.casework.actions.register import tokens_of_home, tokens_of_person
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.identity import factors
from fanlight.casework.keys import Subject
from fanlight.casework.landlords import settings_of
from fanlight.casework.likeness import Asked
from fanlight.casework.models import FoundBy, Home, HomeDetails, Person, PersonDetails, Resident, Staff
from fanlight.casework.queries.find_people import find_people
from fanlight.present import present
from tests.recall import QUERIES, Said, Somebody, register, said_of

AT_ONCE = 2000
FIRST = 5


def main() -> int:
    """This function will fill the register and say whom to look for."""
    people = int(sys.argv[1])
    migrate_quietly()
    viewer = colleague("Asha Verrall", "case_officer", (settings_of(LANDLORD).patches[0],), password=PASSWORD)
    secret = factors.new_secret()
    factors.keep_app(viewer, secret, 0, present())
    began = perf_counter()
    somebodies = list(register(people))
    fill(somebodies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    filling = perf_counter() - began
    said = list(said_of(somebodies))
    missed = [one for one in said if not is_found(viewer, one)]
    json.dump(
        {
            "people": people,
            "homes": Home.objects.count(),
            "fingerprints": FoundBy.objects.count(),
            "seconds filling": round(filling),
            "recall": 1 - len(missed) / QUERIES,
            "missed": [[one.kind, one.name, somebodies[one.who].given, somebodies[one.who].family] for one in missed],
            "searches": [{"name": one.name, "phone": one.phone, "address": one.address, **_day(one)} for one in said],
            "email": viewer.email,
            "password": PASSWORD,
            "secret": secret,
        },
        sys.stdout,
    )
    return 0


def asked(said: Said) -> Asked:
    """This function will give what a caller says as what is asked."""
    born = date.fromisoformat(said.born) if said.born else None
    return Asked(name=said.name, born=born, phone=said.phone, address=said.address)


def is_found(viewer: Staff, said: Said) -> bool:
    """This function will say whether whom a caller means is among the first five. People have the numbers of their places, from 1."""
    found = find_people(viewer, asked(said), now=present()).people[:FIRST]
    return said.who + 1 in [one.id for one in found]


def _day(said: Said) -> dict[str, str]:
    if not said.born:
        return {}
    day = date.fromisoformat(said.born)
    return {"born-day": str(day.day), "born-month": str(day.month), "born-year": str(day.year)}


def fill(somebodies: Sequence[Somebody]) -> None:
    """This function will enter them, with the homes where they live and lived."""
    homes: dict[tuple[tuple[str, ...], str], int] = {}
    for start in range(0, len(somebodies), AT_ONCE):
        _fill(somebodies[start : start + AT_ONCE], start + 1, homes)
    with connection.cursor() as cursor:
        for model in (Person, Home):
            table = model._meta.db_table
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM " + table + "))",  # noqa: S608 - our own table
                [table],
            )


def _fill(some: Sequence[Somebody], first: int, homes: dict[tuple[tuple[str, ...], str], int]) -> None:
    now = present()
    people = [Person(pk=number, landlord_id=LANDLORD, changed_at=now) for number, _ in enumerate(some, start=first)]
    keys.make_many(Subject("person", person.mark) for person in people)
    found: list[FoundBy] = []
    new: list[Home] = []
    live: list[Resident] = []
    for person, one in zip(people, some, strict=True):
        former = (one.former,) if one.former else ()
        details = PersonDetails(one.given, one.family, former_names=former, born=one.born, phones=(one.phone,))
        person.details = details
        found += [
            FoundBy(landlord_id=LANDLORD, person=person, token=token) for token in tokens_of_person(LANDLORD, details)
        ]
        for where, to_on in (((one.lines, one.postcode), None), (one.before, date(2020, 1, 1))):
            if where is None:
                continue
            if where not in homes:
                homes[where] = len(homes) + 1
                home = Home(pk=homes[where], landlord_id=LANDLORD, changed_at=now)
                home.details = HomeDetails(*where)
                new.append(home)
                tokens = tokens_of_home(LANDLORD, home.details)
                found += [FoundBy(landlord_id=LANDLORD, home_id=home.pk, token=token) for token in tokens]
            live.append(Resident(landlord_id=LANDLORD, person=person, home_id=homes[where], to_on=to_on))
    for rows in (people, new, found, live):
        _copied_in(rows)


def _copied_in(rows: Iterable[models.Model]) -> None:
    together = list(rows)
    columns = [
        field
        for field in together[0]._meta.concrete_fields
        if getattr(together[0], field.attname) is not None or field.null
    ]
    columns = [field for field in columns if not (field.primary_key and together[0].pk is None)]
    names = ", ".join(f'"{field.column}"' for field in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {together[0]._meta.db_table} ({names}) FROM STDIN") as copied,
    ):
        for values in _values(together, columns):
            copied.write_row(values)


def _values(rows: Iterable[models.Model], columns: Sequence[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [getattr(row, field.attname) for field in columns]


if __name__ == "__main__":
    sys.exit(main())
