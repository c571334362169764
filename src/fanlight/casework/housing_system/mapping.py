"""The mapping file: which file and column of a housing system means what, and how dates, names and words are written in it."""

import re
import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fanlight.casework.housing_system.faults import Fault, nearest

KINDS = ("people", "homes", "patches", "tenancies", "residents")
"""The kinds of file, in the order in which they are read: what is referred to comes first."""

FIELDS: AnyMapping[str, AnyMapping[str, str]] = MappingProxyType(
    {
        "people": {
            "reference": "one",
            "name": "one",
            "title": "one",
            "given_names": "one",
            "family_name": "one",
            "former_names": "one",
            "born": "one",
            "phones": "several",
            "emails": "several",
            "language": "one",
            "interpreter": "one",
            "communication": "one",
            "access_needs": "one",
        },
        "homes": {
            "reference": "one",
            "lines": "several",
            "postcode": "one",
            "uprn": "one",
            "patch": "one",
            "area": "one",
        },
        "patches": {"home": "one", "patch": "one", "area": "one"},
        "tenancies": {
            "reference": "one",
            "home": "one",
            "kind": "one",
            "tenure": "one",
            "joint": "one",
            "began_on": "one",
            "ended_on": "one",
        },
        "residents": {
            "person": "one",
            "tenancy": "one",
            "home": "one",
            "holds": "one",
            "from_on": "one",
            "to_on": "one",
        },
    }
)
"""Of each kind of file what a column may mean; `several` columns may mean the same."""
NEEDED: AnyMapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "people": (("reference",), ("name", "family_name")),
        "homes": (("reference",), ("lines",)),
        "patches": (("home",), ("patch", "area")),
        "tenancies": (("reference",), ("home",)),
        "residents": (("person",), ("tenancy", "home")),
    }
)
"""Of each kind of file what must be there: one at least of each group."""

ENCODINGS: AnyMapping[str, str] = MappingProxyType(
    {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1252": "cp1252", "iso-8859-1": "iso-8859-1"}
)
NAMES = ("given family", "family, given", "family given")
"""How a whole name in one column is written."""
DELIMITERS = (",", ";", "\t", "|")
WORDS = ("yes", "no", "joint", "sole", "holds", "household", "nothing")
_WRITTEN = ("encoding", "delimiter", "dates", "names", "separator")
_OF_DATES = {"DD": "%d", "MMM": "%b", "MM": "%m", "YYYY": "%Y", "YY": "%y"}


class MappingFaults(Exception):
    """A mapping file cannot be used; it holds every fault of it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one kind of file is understood."""

    kind: str
    file: str
    """The name of the file; * stands for anything."""
    is_optional: bool
    columns: AnyMapping[str, tuple[str, ...]]
    """What a column means → its name, or names."""
    encoding: str
    delimiter: str
    dates: tuple[str, ...]
    names: str
    separator: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """How everything that a housing system exports is understood."""

    files: AnyMapping[str, FileMapping]
    words: AnyMapping[str, frozenset[str]]
    """What is meant (yes, no, joint …) → how it may be written, folded."""
    patch_names: AnyMapping[str, str]
    """How the housing system calls a patch → how it is called here."""


@cache
def default_mapping() -> Mapping:
    """This function will give the mapping that holds where none is named; `default.toml` beside this file is it."""
    return read_mapping(default_text(), "the default mapping")


def default_text() -> str:
    """This function will give the default mapping as it is written, to begin one's own with."""
    return (Path(__file__).parent / "default.toml").read_text(encoding="utf-8")


def read_mapping(text: str, name: str) -> Mapping:
    """This function will read a mapping file. It raises MappingFaults with every fault at once."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingFaults([Fault(name, 0, "", f"It is not TOML: {error}.", "Mend that place.")]) from error
    reading = _Reading(name)
    mapping = reading.mapping(said)
    if reading.faults:
        raise MappingFaults(reading.faults)
    return mapping


class _Reading:
    """Reads a mapping and keeps every fault of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def fault(self, where: str, what: str, mend: str) -> None:
        self.faults.append(Fault(self.name, 0, where, what, mend))

    def mapping(self, said: dict[str, Any]) -> Mapping:
        known = (*_WRITTEN, "words", "patch_names", *KINDS)
        for word in said:
            if word not in known:
                self.fault(word, "It is not understood here.", nearest(word, known))
        written = self.written("", said, _DEFAULTS)
        files = {kind: self.file(kind, said[kind], written) for kind in KINDS if kind in said}
        if not files:
            self.fault("", "It names no file.", f"Give it a table for one of: {', '.join(KINDS)}.")
        return Mapping(
            MappingProxyType({kind: file for kind, file in files.items() if file}),
            MappingProxyType(self.words(said.get("words", {}))),
            MappingProxyType(self.patch_names(said.get("patch_names", {}))),
        )

    def file(self, kind: str, said: Any, written: AnyMapping[str, Any]) -> FileMapping | None:
        if not isinstance(said, dict):
            self.fault(kind, "It is not a table.", f"Write [{kind}] and below it what stands in the file.")
            return None
        known = ("file", "optional", "columns", *_WRITTEN)
        for word in said:
            if word not in known:
                self.fault(f"{kind}.{word}", "It is not understood here.", nearest(word, known))
        file = said.get("file", "")
        if not isinstance(file, str) or not file or "/" in file or "\\" in file:
            self.fault(f"{kind}.file", "It is not the name of a file.", 'Write for example file = "people.csv".')
        if not isinstance(said.get("optional", False), bool):
            self.fault(f"{kind}.optional", "It is neither true nor false.", "Write optional = true, or take it out.")
        own = self.written(f"{kind}.", said, written)
        return FileMapping(
            kind,
            str(file),
            said.get("optional") is True,
            MappingProxyType(self.columns(kind, said.get("columns", {}))),
            **own,
        )

    def columns(self, kind: str, said: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(said, dict) or not said:
            self.fault(f"{kind}.columns", "It says no column.", f"Write [{kind}.columns] and below it what each means.")
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for field, names in said.items():
            where = f"{kind}.columns.{field}"
            if field not in FIELDS[kind]:
                self.fault(where, "No column can mean that.", nearest(field, FIELDS[kind]))
                continue
            several = [names] if isinstance(names, str) else names
            if not isinstance(several, list) or not several or not all(isinstance(one, str) and one for one in several):
                self.fault(where, "It is not the name of a column.", "Write it in quotation marks as the file has it.")
            elif len(several) > 1 and FIELDS[kind][field] == "one":
                self.fault(where, "Only one column can mean that.", "Name the one that holds it.")
            else:
                found[field] = tuple(several)
        for group in NEEDED[kind]:
            if not any(field in said for field in group):
                self.fault(
                    f"{kind}.columns", f"It does not say which column is {' or '.join(group)}.", "Add a line for it."
                )
        return found

    def written(self, where: str, said: dict[str, Any], default: AnyMapping[str, Any]) -> dict[str, Any]:
        """How a file is written: its characters, what stands between two cells, its dates and names."""
        found = {name: said.get(name, default[name]) for name in _WRITTEN}
        encoding = str(found["encoding"]).lower()
        encoding = {"utf8": "utf-8", "utf16": "utf-16", "cp1252": "windows-1252", "latin-1": "iso-8859-1"}.get(
            encoding, encoding
        )
        if encoding not in ENCODINGS:
            self.fault(f"{where}encoding", "It is not an encoding that is read here.", nearest(encoding, ENCODINGS))
        found["encoding"] = encoding
        if found["delimiter"] not in DELIMITERS:
            self.fault(f"{where}delimiter", "Nothing is divided by that.", 'Write ",", ";", "|" or "\\t" for a tab.')
        dates = [found["dates"]] if isinstance(found["dates"], str) else found["dates"]
        found["dates"] = tuple(dates) if isinstance(dates, list | tuple) else ()
        if not found["dates"] or not all(isinstance(one, str) and _way_of_date(one) for one in found["dates"]):
            self.fault(
                f"{where}dates",
                "It is not a way to write dates.",
                'Write for example dates = ["DD/MM/YYYY", "YYYY-MM-DD"].',
            )
        if found["names"] not in NAMES:
            self.fault(f"{where}names", "It is not a way to write names.", nearest(str(found["names"]), NAMES))
        if not isinstance(found["separator"], str) or not found["separator"]:
            self.fault(f"{where}separator", "It divides nothing.", 'Write for example separator = ";".')
        return found

    def words(self, said: Any) -> dict[str, frozenset[str]]:
        if not isinstance(said, dict):
            self.fault("words", "It is not a table.", "Write [words] and below it how yes, no and joint are written.")
            said = {}
        found = dict(_DEFAULT_WORDS)
        for meaning, ways in said.items():
            if meaning not in WORDS:
                self.fault(f"words.{meaning}", "Nothing is meant by that.", nearest(meaning, WORDS))
            elif not isinstance(ways, list) or not all(isinstance(one, str) for one in ways):
                self.fault(
                    f"words.{meaning}", "It is not a list of words.", f'Write for example {meaning} = ["Y", "Yes"].'
                )
            else:
                found[meaning] = frozenset(one.strip().casefold() for one in ways)
        for one, other in (("yes", "no"), ("joint", "sole"), ("holds", "household")):
            if both := found[one] & found[other]:
                self.fault(f"words.{one}", f'"{min(both)}" means {one} and {other}.', "Take it out of one of the two.")
        return found

    def patch_names(self, said: Any) -> dict[str, str]:
        if not isinstance(said, dict) or not all(isinstance(name, str) for name in said.values()):
            self.fault("patch_names", "It is not a table of names.", 'Write for example "P01" = "Leeds East" below it.')
            return {}
        return {code.strip().casefold(): name for code, name in said.items()}


_DEFAULTS: AnyMapping[str, Any] = MappingProxyType(
    {
        "encoding": "utf-8",
        "delimiter": ",",
        "dates": ("DD/MM/YYYY", "YYYY-MM-DD"),
        "names": "given family",
        "separator": ";",
    }
)
_DEFAULT_WORDS: AnyMapping[str, frozenset[str]] = MappingProxyType(
    {
        "yes": frozenset({"yes", "y", "true", "t", "1"}),
        "no": frozenset({"no", "n", "false", "f", "0"}),
        "joint": frozenset({"joint"}),
        "sole": frozenset({"sole", "single"}),
        "holds": frozenset({"tenant", "joint tenant", "contract-holder", "licensee", "leaseholder"}),
        "household": frozenset({"household", "occupant", "household member"}),
        "nothing": frozenset({"n/a", "null", "not known", "unknown", "-"}),
    }
)


def _way_of_date(said: str) -> str:
    """This function will give a way to write dates as Python has it: "DD/MM/YYYY" is "%d/%m/%Y"; nothing for what is none."""
    found = re.sub("DD|MMM|MM|YYYY|YY", lambda part: _OF_DATES[part[0]], said)
    signs = re.findall("%[a-zA-Z]", found)
    marks = re.sub("%[a-zA-Z]", "", found)
    whole = [sorted(one) for one in (("%d", "%m", "%Y"), ("%d", "%b", "%Y"), ("%d", "%m", "%y"), ("%b", "%d", "%y"))]
    return found if sorted(signs) in whole and not re.search(r"[^ ./-]", marks) else ""


def ways_of_dates(said: tuple[str, ...]) -> tuple[str, ...]:
    """This function will give ways to write dates as Python has them."""
    return tuple(_way_of_date(one) for one in said)
