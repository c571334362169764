"""Writes what a housing system exports, and imports it, for the tests."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from fanlight.casework.actions.import_register import Imported, faults_of, import_register
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import enter_person
from fanlight.casework.demo.exports import HEADS
from fanlight.casework.housing_system import Fault, default_mapping, read_mapping
from fanlight.casework.models import Home, Person, PersonDetails, Staff
from tests import make

Rows = Mapping[str, Sequence[Mapping[str, str]]]

PEOPLE = {
    "maria": {"Person reference": "P1", "Title": "Ms", "Given names": "Maria", "Family name": "Quillbeck"},
    "piotr": {"Person reference": "P2", "Title": "Mr", "Given names": "Piotr", "Family name": "Quillbeck"},
    "lena": {
        "Person reference": "P3",
        "Given names": "Lena",
        "Family name": "Quillbeck",
        "Date of birth": "01/09/2019",
    },
    "olga": {"Person reference": "P4", "Given names": "Olga", "Family name": "Varney"},
}
HOMES = {
    "old": {
        "Home reference": "H1",
        "Address 1": "3 Tansy Row",
        "Postcode": "QA1 1AA",
        "UPRN": "999000000001",
        "Patch": "Leeds East",
    },
    "new": {
        "Home reference": "H2",
        "Address 1": "8 Oxlip Lane",
        "Postcode": "QB2 2BB",
        "UPRN": "999000000002",
        "Patch": "Wakefield",
    },
}
TENANCIES = {
    "old": {
        "Tenancy reference": "T1",
        "Home reference": "H1",
        "Kind": "Assured",
        "Joint or sole": "Joint",
        "Start date": "01/02/2020",
    },
    "new": {
        "Tenancy reference": "T2",
        "Home reference": "H2",
        "Kind": "Assured",
        "Joint or sole": "Sole",
        "Start date": "01/03/2026",
    },
}


def lives(
    person: str, tenancy: str, role: str = "Tenant", since: str = "01/02/2020", until: str = ""
) -> dict[str, str]:
    """This function will give a line of the file of residents."""
    said = {
        "Person reference": PEOPLE[person]["Person reference"],
        "Tenancy reference": TENANCIES[tenancy]["Tenancy reference"],
    }
    return {**said, "Role": role, "From": since, "To": until}


def the_register() -> dict[str, list[dict[str, str]]]:
    """This function will give the export of a small landlord: Maria and Piotr hold a tenancy together, and Lena lives with them."""
    return {
        "people": [dict(one) for one in PEOPLE.values()],
        "homes": [dict(one) for one in HOMES.values()],
        "tenancies": [dict(TENANCIES["old"])],
        "residents": [lives("maria", "old"), lives("piotr", "old"), lives("lena", "old", "Household")],
    }


def write_export(folder: Path, rows: Rows) -> Path:
    """This function will write an export, each file with its head."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, head in HEADS.items():
        if kind in rows:
            with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, head, restval="")
                writer.writeheader()
                writer.writerows(rows[kind])
    return folder


def bring_in(
    folder: Path, by: Staff, *, now: datetime = make.MORNING, mapping: str = "", **how: bool
) -> tuple[Imported | None, list[Fault]]:
    """This function will import a folder or a file, and give what came of it, or nothing where it was refused, with the faults."""
    faults: list[Fault] = []
    asked = {
        "landlord_id": by.landlord_id,
        "paths": [folder],
        "mapping": read_mapping(mapping, "the mapping") if mapping else default_mapping(),
        "say": faults.append,
        "progress": lambda *_: None,
        "by": by,
        "now": now,
    }
    if how.pop("dry_run", False):
        return faults_of(**asked, **how), faults
    try:
        return import_register(**asked, **how), faults
    except Faulty:
        return None, faults


def person_of(reference: str) -> Person:
    """This function will give somebody by the housing system's reference."""
    return next(one for one in Person.objects.exclude(reference_index="") if one.reference == reference)


def home_of(reference: str) -> Home:
    """This function will give a home by the housing system's reference."""
    return next(one for one in Home.objects.exclude(reference_index="") if one.reference == reference)


def a_tenant(landlord_id: str = "connect") -> Person:
    """This function will enter somebody whom the housing system knows."""
    return enter_person(landlord_id, PersonDetails("Hal", "Tenby"), reference="P1", now=make.MORNING)
