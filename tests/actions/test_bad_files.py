"""Bad files of every kind: each fault is said by file and line, with how to mend it, and nothing is written."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from fanlight.casework.commands.import_register import Command
from fanlight.casework.housing_system import Fault, MappingFaults, default_mapping, read_mapping
from fanlight.casework.housing_system.mapping import default_text
from fanlight.casework.models import Home, Person
from tests import make
from tests.cast import Cast
from tests.housing import bring_in, person_of, the_register, write_export

pytestmark = pytest.mark.django_db


def put(file: str, line: int, **cells: str) -> Callable[[Path], None]:
    """This function will write other cells into a line of a file."""

    def spoil(folder: Path) -> None:
        rows = the_register()
        names = {name.strip("_").replace("_", " "): cell for name, cell in cells.items()}
        rows[file][line - 2].update({_column(rows[file][0], name): cell for name, cell in names.items()})
        write_export(folder, rows)

    return spoil


def _column(row: dict[str, str], name: str) -> str:
    from fanlight.casework.demo.exports import HEADS

    return next(one for heads in HEADS.values() for one in heads if one.casefold() == name.casefold())


def change(file: str, of: bytes, by: bytes) -> Callable[[Path], None]:
    """This function will put other bytes in the place of some of a file."""

    def spoil(folder: Path) -> None:
        path = folder / f"{file}.csv"
        data = path.read_bytes()
        assert of in data
        path.write_bytes(data.replace(of, by, 1))

    return spoil


def whole(file: str, data: bytes) -> Callable[[Path], None]:
    """This function will write a file anew."""
    return lambda folder: (folder / f"{file}.csv").write_bytes(data) and None


def semicolons(folder: Path) -> None:
    """This function will divide the cells of a file by another mark than the mapping says."""
    path = folder / "people.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))


def tabs(folder: Path) -> None:
    """This function will divide cells that stand between quotation marks by tabs."""
    path = folder / "people.csv"
    lines = [[f'"{cell}"' for cell in line.split(",")] for line in path.read_text().splitlines()]
    path.write_text("\n".join("\t".join(line) for line in lines) + "\n")


BAD = {
    "no such column": (change("people", b"Family name", b"Surname"), "people.csv", 1, "Family name", "no such column"),
    "a column twice": (change("people", b"Access needs", b"Email"), "people.csv", 1, "Email", "2 columns"),
    "a day that is none": (put("residents", 2, from_="31/02/2020"), "residents.csv", 2, "From", "not a date"),
    "an American day": (put("residents", 3, from_="02/28/2020"), "residents.csv", 3, "From", "not a date"),
    "a year of two figures": (
        put("people", 4, date_of_birth="01/09/19"),
        "people.csv",
        4,
        "Date of birth",
        "not a date",
    ),
    "born tomorrow": (put("people", 2, date_of_birth="01/01/2050"), "people.csv", 2, "Date of birth", "future"),
    "born too long ago": (put("people", 2, date_of_birth="01/01/1066"), "people.csv", 2, "Date of birth", "year"),
    "an end before its beginning": (
        put("tenancies", 2, end_date="01/01/1999"),
        "tenancies.csv",
        2,
        "End date",
        "before",
    ),
    "a patch that is none": (put("homes", 2, patch="Leedz East"), "homes.csv", 2, "Patch", "Did you mean Leeds East?"),
    "a reference twice": (put("people", 5, person_reference="p-1"), "people.csv", 5, "", "same person as line 2"),
    "no reference": (put("people", 3, person_reference="--"), "people.csv", 3, "Person reference", "no reference"),
    "a person who is not there": (
        put("residents", 4, person_reference="P9"),
        "residents.csv",
        4,
        "Person reference",
        "not there",
    ),
    "a tenancy that is not there": (
        put("residents", 2, tenancy_reference="T9"),
        "residents.csv",
        2,
        "Tenancy reference",
        "not there",
    ),
    "a home that is not there": (
        put("tenancies", 2, home_reference="H9"),
        "tenancies.csv",
        2,
        "Home reference",
        "not there",
    ),
    "nowhere to live": (
        put("residents", 2, tenancy_reference=""),
        "residents.csv",
        2,
        "Tenancy reference",
        "where they live",
    ),
    "a UPRN of letters": (put("homes", 2, uprn="UPRN 12"), "homes.csv", 2, "UPRN", "not a UPRN"),
    "a UPRN too long": (put("homes", 2, uprn="1234567890123"), "homes.csv", 2, "UPRN", "not a UPRN"),
    "a UPRN that was rounded": (put("homes", 3, uprn="9.99E+11"), "homes.csv", 3, "UPRN", "spreadsheet"),
    "a postcode that is none": (put("homes", 3, postcode="LEEDS"), "homes.csv", 3, "Postcode", "postcode"),
    "no address": (put("homes", 3, address_1=" "), "homes.csv", 3, "Address 1", "no address"),
    "nobody": (put("people", 5, given_names="", family_name=""), "people.csv", 5, "Family name", "Nobody"),
    "an e-mail address that is none": (put("people", 2, email="at home"), "people.csv", 2, "Email", "e-mail"),
    "a word that is not known": (put("residents", 2, role="Lodger?"), "residents.csv", 2, "Role", "not understood"),
    "neither yes nor no": (
        put("people", 2, interpreter_needed="perhaps"),
        "people.csv",
        2,
        "Interpreter needed",
        "not understood",
    ),
    "too long": (put("people", 2, family_name="n" * 121), "people.csv", 2, "Family name", "121 characters"),
    "a null character": (change("people", b"Piotr", b"Pio\x00tr"), "people.csv", 3, "", "null character"),
    "a control character": (change("people", b"Piotr", b"Pio\x07tr"), "people.csv", 3, "", "control character"),
    "another encoding": (change("people", b"Piotr", "Siân".encode("cp1252")), "people.csv", 3, "", "not utf-8"),
    "a character that was lost": (change("people", b"Piotr", "Si\ufffdn".encode()), "people.csv", 3, "", "lost"),
    "UTF-16": (whole("people", "Person reference\n".encode("utf-16")), "people.csv", 1, "", "UTF-16"),
    "UTF-32": (whole("people", "Person reference\n".encode("utf-32")), "people.csv", 1, "", "UTF-32"),
    "a direction that is turned": (
        change("people", b"Piotr", "Pio\u202etr".encode()),
        "people.csv",
        3,
        "",
        "turns the direction",
    ),
    "a letter that nobody sees": (change("people", b"Piotr", "Pio\u200btr".encode()), "people.csv", 3, "", "control"),
    "another mark between the cells": (semicolons, "people.csv", 1, "", 'delimiter = ";"'),
    "another mark between cells in marks": (tabs, "people.csv", 1, "", 'delimiter = "\\t"'),
    "an empty file": (whole("homes", b""), "homes.csv", 1, "", "empty"),
    "a comma too many": (change("homes", b"3 Tansy Row,", b"3 Tansy Row, Leeds,"), "homes.csv", 2, "", "9 cells"),
    "a mark that is not closed": (
        change("homes", b"3 Tansy Row", b'"3 Tansy Row'),
        "homes.csv",
        2,
        "",
        "quotation mark",
    ),
    "a mark inside a cell": (change("homes", b"3 Tansy Row", b'"3" Tansy Row'), "homes.csv", 2, "", "quotation mark"),
    "a line without an end": (change("homes", b"3 Tansy Row", b"n" * 50_000), "homes.csv", 2, "", "longer than"),
    "no such file": (lambda folder: (folder / "homes.csv").unlink(), "homes.csv", 0, "", "not in the folder"),
}


@pytest.mark.parametrize("kind", BAD)
def test_every_fault_is_said_by_file_and_line_and_nothing_is_written(kind: str, cast: Cast, tmp_path: Path) -> None:
    spoil, file, line, column, what = BAD[kind]
    write_export(tmp_path, the_register())
    spoil(tmp_path)
    found, faults = bring_in(tmp_path, cast.huw, dry_run=True)
    assert found is not None
    assert not found.checked.is_whole
    first = next(fault for fault in faults if fault.file == file)
    assert (first.line, first.column) == (line, column), str(first)
    assert what.lower() in str(first).lower()
    assert first.mend
    done, again = bring_in(tmp_path, cast.huw)
    assert done is None
    assert again == faults
    assert not Person.objects.exists()
    assert not Home.objects.exists()


def test_every_fault_of_every_file_is_said_at_once(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    for number in range(2, 4):
        rows["people"][number]["Date of birth"] = "soon"
    rows["homes"][0].update({"UPRN": "x", "Patch": "Nowhere"})
    rows["residents"][0]["Person reference"] = "P77"
    _, faults = bring_in(write_export(tmp_path, rows), cast.huw, dry_run=True)
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [
        ("people.csv", 4, "Date of birth"),
        ("people.csv", 5, "Date of birth"),
        ("homes.csv", 2, "Patch"),
        ("homes.csv", 2, "UPRN"),
        ("tenancies.csv", 2, "Home reference"),
        ("residents.csv", 2, "Person reference"),
        ("residents.csv", 2, "Tenancy reference"),
        ("residents.csv", 3, "Tenancy reference"),
        ("residents.csv", 4, "Person reference"),
        ("residents.csv", 4, "Tenancy reference"),
    ]


@pytest.mark.parametrize("kind", ["people", "tenancies", "homes"])
@pytest.mark.parametrize("how", ["a column", "a mark", "UTF-16", "empty", "not there"])
def test_what_refers_to_a_file_that_cannot_be_read_is_said_once_and_not_by_line(
    kind: str, how: str, cast: Cast, tmp_path: Path
) -> None:
    file = write_export(tmp_path, the_register()) / f"{kind}.csv"
    text = file.read_text()
    match how:
        case "a column":
            file.write_text(text.replace(text.split(",")[0], "Number", 1))
        case "a mark":
            file.write_text(text.replace(",", ";"))
        case "UTF-16":
            file.write_bytes(text.encode("utf-16"))
        case "empty":
            file.write_text("")
        case "not there":
            file.unlink()
    _, faults = bring_in(tmp_path, cast.huw, dry_run=True)
    assert not any("not there" in str(fault) for fault in faults)
    assert len([fault for fault in faults if fault.file == file.name]) == 1
    (said,) = [fault for fault in faults if fault.file != file.name]
    assert said.line == 0
    assert said.file == ("tenancies.csv" if kind == "homes" else "residents.csv")
    assert "was not looked at" in str(said)
    assert bring_in(tmp_path, cast.huw, skip_faulty=True)[0] is None


def test_a_file_alone_still_refers_to_the_register(cast: Cast, tmp_path: Path) -> None:
    folder = write_export(tmp_path, the_register())
    _, faults = bring_in(folder / "residents.csv", cast.huw, dry_run=True)
    assert len([fault for fault in faults if "not there" in str(fault)]) == 6


def test_what_is_advised_helps(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    names = [f"X{number}" for number in range(80)]
    rows["people"] += [{"Person reference": name, "Family name": "Tenby"} for name in names]
    rows["residents"] += [{**rows["residents"][0], "Person reference": name, "Role": "Household"} for name in names]
    whole_one = write_export(tmp_path / "whole", rows)
    bring_in(whole_one, cast.huw)
    cut = write_export(tmp_path / "cut", {**rows, "residents": rows["residents"][:5]})
    assert "--skip-faulty" not in why_not(cut, cast, skip_faulty=True)
    assert "--skip-faulty" not in why_not(cut, cast)
    assert "--fewer" in why_not(cut, cast)
    rows["people"][0]["Date of birth"] = "soon"
    faulty = write_export(tmp_path / "faulty", rows)
    assert "--skip-faulty" in why_not(faulty, cast)
    (faulty / "homes.csv").write_text("")
    assert "--skip-faulty" not in why_not(faulty, cast)


def why_not(folder: Path, cast: Cast, *, skip_faulty: bool = False) -> str:
    """This function will give what the command says when it refuses an export."""
    with pytest.raises(CommandError) as raised:
        call_command(
            Command(),
            str(folder),
            landlord="connect",
            by=cast.huw.email,
            skip_faulty=skip_faulty,
            stdout=StringIO(),
        )
    return str(raised.value)


def test_after_a_fault_the_next_line_is_read_as_it_is(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    folder = write_export(tmp_path, rows)
    text = (folder / "people.csv").read_text().replace("Maria", '"Maria', 1)
    (folder / "people.csv").write_text(text)
    done, faults = bring_in(folder, cast.huw, skip_faulty=True)
    assert done is not None
    assert [fault.line for fault in faults if fault.file == "people.csv"] == [2]
    assert done.counts["people"].new == 3


def test_a_fault_repeats_nothing_of_what_is_said_of_a_person(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    rows["people"][0].update(
        {"Date of birth": "1 May 19xx", "Email": "maria quillbeck", "Family name": "Quillbeck" * 20, "Mobile": "0" * 99}
    )
    _, faults = bring_in(write_export(tmp_path, rows), cast.huw, dry_run=True)
    assert len([fault for fault in faults if fault.file == "people.csv"]) == 4
    said = " ".join(map(str, faults))
    assert not any(word in said for word in ("May", "maria", "Quillbeck", "000"))


def test_what_is_referred_to_may_be_in_the_register_already(cast: Cast, tmp_path: Path) -> None:
    rows = the_register()
    bring_in(write_export(tmp_path / "all", rows), cast.huw)
    alone = write_export(tmp_path / "one", {"residents": rows["residents"]}) / "residents.csv"
    done, faults = bring_in(alone, cast.huw, now=make.later(days=1))
    assert faults == []
    assert done is not None
    assert done.counts["residents"].same == 3


OTHER = """
encoding = "windows-1252"
delimiter = ";"
dates = "DD-MMM-YY"
names = "family, given"
[words]
yes = ["J"]
no = ["-"]
[patch_names]
"01" = "Leeds East"
[people]
file = "pers*.txt"
[people.columns]
reference = "ID"
name = "NAME"
born = "DOB"
interpreter = "INT"
[homes]
file = "prop.txt"
[homes.columns]
reference = "PROP"
lines = "ADDR"
patch = "AREA"
"""


def test_another_housing_system_is_understood_by_its_mapping(cast: Cast, tmp_path: Path) -> None:
    people = 'ID;NAME;DOB;INT\r\n7;"Beaufort; Hill, Siân";01-FEB-48;J\r\n8;Price, Al;03-Mar-24;-\r\n'
    (tmp_path / "pers2026.txt").write_bytes(people.encode("cp1252"))
    (tmp_path / "prop.txt").write_bytes(b"PROP;ADDR;AREA\n1;12 Larkspur Way, Marlby;01\n")
    done, faults = bring_in(tmp_path, cast.huw, mapping=OTHER)
    assert done is not None, faults
    sian = person_of("7").details
    assert (sian.given_names, sian.family_name, f"{sian.born}", sian.interpreter) == (
        "Siân",
        "Beaufort; Hill",
        "1948-02-01",
        True,
    )
    assert (Home.objects.get().patch, Home.objects.get().details.lines) == ("Leeds East", ("12 Larkspur Way", "Marlby"))
    (tmp_path / "pers2026.txt").write_bytes(people.encode())
    _, (fault,) = bring_in(tmp_path, cast.huw, mapping=OTHER)
    assert "UTF-8" in str(fault)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_of_the_order_of_bytes_is_no_part_of_a_name(encoding: str, cast: Cast, tmp_path: Path) -> None:
    write_export(tmp_path, the_register())
    file = tmp_path / "people.csv"
    file.write_text(file.read_text().replace("Piotr", "Siân"), encoding=encoding)
    plain = default_text()
    mapping = plain if encoding == "utf-8-sig" else plain.replace("[people]", '[people]\nencoding = "utf-16"')
    done, faults = bring_in(tmp_path, cast.huw, mapping=mapping)
    assert done is not None, faults
    assert person_of("P2").details.given_names == "Siân"


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ('encodng = "utf-8"', "Did you mean encoding?"),
        ('encoding = "ebcdic"', "not an encoding"),
        ('delimiter = "and"', "divided"),
        ('dates = ["yesterday"]', "not a way to write dates"),
        ('names = "as they come"', "not a way to write names"),
        ('[words]\nmaybe = ["x"]', "Nothing is meant"),
        ('[words]\nyes = ["x"]\nno = ["X"]', "means yes and no"),
        ("[people", "not TOML"),
        ("people = 1", "not a table"),
        ('[people]\nfile = "../people.csv"', "not the name of a file"),
        ('[people]\nfile = "p.csv"\n[people.columns]\nrefrence = "x"', "Did you mean reference?"),
        ('[people]\nfile = "p.csv"\n[people.columns]\nreference = ["a", "b"]', "Only one column"),
        ('[people]\nfile = "p.csv"\n[people.columns]\nreference = "a"', "name or family_name"),
        ("", "names no file"),
    ],
)
def test_a_mapping_that_is_not_understood_says_where_and_how_to_mend_it(spoiled: str, said: str) -> None:
    with pytest.raises(MappingFaults) as raised:
        read_mapping(spoiled, "housing.toml")
    assert said in str(raised.value)
    assert "housing.toml" in str(raised.value)


def test_the_default_mapping_understands_what_the_demo_exports() -> None:
    from fanlight.casework.demo.exports import HEADS

    for kind, of in default_mapping().files.items():
        if kind in HEADS:
            assert {name for names in of.columns.values() for name in names} == set(HEADS[kind])


def test_a_fault_is_one_line() -> None:
    assert "\n" not in str(Fault("people.csv", 7, "Title", "It is long.", "Mend it."))
    assert (
        json.dumps(str(Fault("people.csv", 0, "", "There is none.", "Add it.")))
        == '"people.csv: There is none. Add it."'
    )


def test_the_example_in_the_documents_is_understood(cast: Cast) -> None:
    folder = Path(__file__).parents[2] / "docs" / "import-example"
    mapping = (folder / "housing.toml").read_text(encoding="utf-8")
    done, faults = bring_in(folder, cast.huw, mapping=mapping)
    assert done is not None, faults
    assert {kind: counts.new for kind, counts in done.counts.items()} == {
        "people": 5,
        "homes": 3,
        "patches": 0,
        "tenancies": 4,
        "residents": 5,
    }
    assert person_of("100041").details.given_names == "Siân"
