"""Reads every file of an export once, and gives every fault by line: what is wrong in itself, and what refers to nothing."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from fanlight.casework.housing_system.faults import Fault
from fanlight.casework.housing_system.files import Source
from fanlight.casework.housing_system.lines import Records
from fanlight.casework.housing_system.mapping import Mapping
from fanlight.casework.housing_system.rows import (
    HomeRow,
    PatchRow,
    PersonRow,
    Reader,
    ResidentRow,
    Row,
    TenancyRow,
    looks_like_formula,
)
from fanlight.casework.keys.index import said_plainly
from fanlight.casework.landlords import LandlordSettings

AT_ONCE = 1000

Held = Callable[[str, Collection[str]], Collection[str]]
"""Which of some references the register holds already: of which kind of file, and the references as they are written."""


@dataclass
class Checked:
    """What was found of an export. Of its lines only numbers and references are kept."""

    lines: dict[str, int] = field(default_factory=dict)
    """How many lines of each kind of file say something."""
    faulty: dict[str, set[int]] = field(default_factory=dict)
    """The lines of each kind of file that have a fault."""
    formulas: int = 0
    """How many lines hold a text that a spreadsheet would take for a formula."""
    of_protected: list[ResidentRow] = field(default_factory=list)
    """Where those live, or lived, whose address is known to named people alone."""
    unreadable: bool = False
    """Whether a file as a whole, or its first line, has a fault: nothing of it can be left out."""
    unread: set[str] = field(default_factory=set)
    """The kinds of file of which nothing could be read: whether what refers to them is there, nobody can say."""
    is_cut_short: bool = False
    """Whether a file has so much less than there was before that its end may be missing."""

    @property
    def is_whole(self) -> bool:
        """Whether there is no fault at all."""
        return not self.unreadable and not any(self.faulty.values())


def rows_of(
    source: Source, mapping: Mapping, landlord: LandlordSettings, today: date, read: Callable[[int], None]
) -> Iterator[tuple[int, Row | tuple[Fault, ...], bool]]:
    """This function will give what stands in each record of a file, with its line, and whether it looks like a formula.

    `read` is told how many bytes have been read so far. What is wrong with the file's head is given as its line 0.
    """
    records = Records(source)
    try:
        if records.faults:
            yield 0, tuple(records.faults), False
            return
        reader = Reader(records, mapping, landlord, today)
        for number, record in enumerate(records):
            if not number % AT_ONCE:
                read(records.read())
            yield record.line, reader.read(record), looks_like_formula(record.cells)
        read(source.size)
    finally:
        records.close()


def check(
    found: Sequence[Source],
    mapping: Mapping,
    landlord: LandlordSettings,
    *,
    held: Held,
    protected: Collection[str],
    today: date,
    read: Callable[[str, int], None],
    checked: Checked,
) -> Iterator[Fault]:
    """This function will give every fault of an export, and fill `checked`. `protected` are the references of people, folded."""
    checking = _Checking(held, protected, checked)
    for source in found:
        checking.begin(source)
        rows = rows_of(source, mapping, landlord, today, lambda bytes_, name=source.name: read(name, bytes_))  # type: ignore[misc]  # the default keeps each file its own name
        for line, row, is_formula in rows:
            checked.formulas += is_formula
            if isinstance(row, tuple):
                yield from checking.faulty(line, row)
            else:
                yield from checking.row(line, row)
        yield from checking.end()


class _Checking:
    """What was read so far: which references there are, and on which line."""

    def __init__(self, held: Held, protected: Collection[str], checked: Checked) -> None:
        self._held = held
        self._protected = frozenset(protected)
        self._checked = checked
        self._references: dict[str, dict[str, int]] = {}
        self._name = self._kind = ""
        self._columns: dict[str, str] = {}
        self._waiting: list[tuple[int, str, str, str, str]] = []
        self._not_looked_at: set[str] = set()

    def begin(self, source: Source) -> None:
        self._name, self._kind = source.name, source.kind
        self._columns = {field: names[0] for field, names in source.mapping.columns.items()}
        self._checked.lines[source.kind] = 0
        self._checked.faulty[source.kind] = set()
        self._references[source.kind] = {}
        self._not_looked_at = set()

    def faulty(self, line: int, faults: tuple[Fault, ...]) -> Iterator[Fault]:
        if not line:
            self._checked.unreadable = True
            self._checked.unread.add(self._kind)
        else:
            self._checked.lines[self._kind] += 1
            self._checked.faulty[self._kind].add(line)
        yield from faults

    def row(self, line: int, row: Row) -> Iterator[Fault]:
        self._checked.lines[self._kind] += 1
        known = self._references[self._kind]
        if (before := known.get(row.key)) is not None:
            self._checked.faulty[self._kind].add(line)
            what = f"It says the same {_NAMES[self._kind]} as line {before}."
            mend = "Take one of the two out. Capitals, blanks and marks make no difference to a reference."
            yield Fault(self._name, line, "", what, mend)
            return
        known[row.key] = line
        for kind, column, reference in _refers_to(row):
            if kind in self._checked.unread:
                self._not_looked_at.add(kind)
            elif said_plainly(reference) not in self._references.get(kind, {}):
                self._waiting.append((line, kind, column, reference, row.key))
        if isinstance(row, ResidentRow) and said_plainly(row.person) in self._protected:
            self._checked.of_protected.append(row)
        if len(self._waiting) >= AT_ONCE:
            yield from self._not_there()

    def end(self) -> Iterator[Fault]:
        yield from self._not_there()
        for kind in sorted(self._not_looked_at):
            what = f"Whether each {_NAMES[kind]} that it refers to is there was not looked at."
            yield Fault(self._name, 0, "", what, f"Mend the file of {kind} first: nothing of it could be read.")

    def _not_there(self) -> Iterator[Fault]:
        """What is referred to and in no file may be in the register already."""
        waiting, self._waiting = self._waiting, []
        there = {
            kind: {said_plainly(one) for one in self._held(kind, {row[3] for row in waiting if row[1] == kind})}
            for kind in {row[1] for row in waiting}
        }
        for line, kind, column, reference, key in waiting:
            if said_plainly(reference) not in there[kind]:
                self._checked.faulty[self._kind].add(line)
                # What refers to it in its turn refers to nothing.
                self._references[self._kind].pop(key, None)
                what = f"It refers to a {_NAMES[kind]} that is not there."
                mend = f"Add the {_NAMES[kind]} to its file, or mend the reference."
                yield Fault(self._name, line, self._columns.get(column, column), what, mend)


_NAMES = {
    "people": "person",
    "homes": "home",
    "patches": "home",
    "tenancies": "tenancy",
    "residents": "person and tenancy",
}


def _refers_to(row: Row) -> Iterator[tuple[str, str, str]]:
    match row:
        case PatchRow():
            yield "homes", "home", row.home
        case TenancyRow():
            yield "homes", "home", row.home
        case ResidentRow():
            yield "people", "person", row.person
            if row.tenancy:
                yield "tenancies", "tenancy", row.tenancy
            else:
                yield "homes", "home", row.home
        case PersonRow() | HomeRow():
            return
