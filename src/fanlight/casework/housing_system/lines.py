"""A CSV file, record by record, each with the line on which it begins; what cannot be read is a fault, and the next line goes on."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from io import TextIOWrapper
from typing import NamedTuple

from fanlight.casework.housing_system.faults import Fault, nearest
from fanlight.casework.housing_system.files import Source
from fanlight.casework.housing_system.mapping import DELIMITERS, ENCODINGS
from fanlight.casework.unseen import has_control, turns_direction

MOST_LETTERS = 20_000
"""Of a line; a longer one is none of a person or of a home."""
MOST_LINES = 20
"""Of a record: a quotation mark that is never closed would take the rest of the file with it."""

_NOT_DECODED = re.compile("[\udc80-\udcff]")
_SECOND_BYTES = "".join(
    bytes([byte]).decode(one, "ignore") for byte in range(0x80, 0xC0) for one in ("cp1252", "latin-1")
)
_TWICE_ENCODED = re.compile(f"[\xc2\xc3][{_SECOND_BYTES}]")
"""What "é" and the like become when UTF-8 is read as if it were Windows-1252."""
_MARKS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}


class Record(NamedTuple):
    """What stands in a record: the line on which it begins and its cells, or the faults in their place."""

    line: int
    cells: list[str]
    faults: tuple[Fault, ...] = ()


class _TooLong(str):
    """A line that is cut off: it is too long to be one."""


class Records:
    """The records of a file. `columns` are the places of those that the mapping names; `faults`, what is wrong with its head."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.name = source.name
        self.faults: list[Fault] = []
        self.columns: dict[str, list[tuple[int, str]]] = {}
        self._held: deque[tuple[int, str]] = deque()
        self._width = 0
        source.opened.seek(0)
        beginning = source.opened.read(4)
        source.opened.seek(0)
        of = source.mapping
        self._text: TextIOWrapper | None = None
        if beginning in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
            self.faults.append(self._fault(1, "It is written in UTF-32.", "Export it as UTF-8."))
            return
        if of.encoding != "utf-16" and beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.faults.append(
                self._fault(
                    1, "It is written in UTF-16.", 'Say encoding = "utf-16" in the mapping, or export it as UTF-8.'
                )
            )
            return
        if of.encoding == "utf-16" and beginning[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            self.faults.append(
                self._fault(
                    1, "It is not written in UTF-16.", f"Say in the mapping how it is written: {', '.join(ENCODINGS)}."
                )
            )
            return
        errors = "strict" if of.encoding == "utf-16" else "surrogateescape"
        self._text = TextIOWrapper(source.opened, encoding=ENCODINGS[of.encoding], errors=errors, newline="")
        self._physical = self._lines()
        self._read_head()

    def close(self) -> None:
        """This function will let go of the file, which stays open for whoever opened it."""
        if self._text is not None:
            self._text.detach()
            self._text = None

    def read(self) -> int:
        """This function will say how many bytes of the file have been read, or a few more."""
        return self.source.opened.tell()

    def __iter__(self) -> Iterator[Record]:
        if not self.columns or self.faults:
            return
        while (record := self._record()) is not None:
            if record.faults or any(map(str.strip, record.cells)):
                yield record

    def _read_head(self) -> None:
        if fault := self._other_delimiter():
            self.faults.append(fault)
            return
        head = self._record()
        while head is not None and not head.faults and not any(map(str.strip, head.cells)):
            head = self._record()
        if head is None:
            self.faults.append(
                self._fault(1, "It is empty.", "Export it again, with the names of its columns on the first line.")
            )
            return
        if head.faults:
            self.faults += head.faults
            return
        self._width = len(head.cells)
        names = [cell.strip() for cell in head.cells]
        folded = [name.casefold() for name in names]
        for field, wanted in self.source.mapping.columns.items():
            for name in wanted:
                times = folded.count(name.casefold())
                if times == 1:
                    self.columns.setdefault(field, []).append((folded.index(name.casefold()), name))
                elif times:
                    what = f"{times} columns have this name."
                    self.faults.append(Fault(self.name, head.line, name, what, "Give each column a name of its own."))
                else:
                    mend = f"{_near(name, names)} Or take it out of the mapping."
                    self.faults.append(Fault(self.name, head.line, name, "There is no such column.", mend))

    def _other_delimiter(self) -> Fault | None:
        """What is wrong where the names of the columns are found if the first line is divided by another mark."""
        first = self._next()
        if first is None:
            return None
        self._held.appendleft(first)
        number, line = first
        wanted = {name.casefold() for names in self.source.mapping.columns.values() for name in names}
        own = self.source.mapping.delimiter
        found = {
            mark: len(wanted.intersection(cell.strip(' \t\r\n"').casefold() for cell in line.split(mark)))
            for mark in (own, *DELIMITERS)
        }
        best = max(found, key=lambda mark: found[mark])
        if found[best] == found[own] or self._wrong(line):
            return None
        what = f"Its cells are divided by {_MARKS[best]}, and the mapping says {_MARKS.get(own, own)}."
        said = best.replace("\t", "\\t")
        return self._fault(number, what, f'Say delimiter = "{said}" in the mapping.')

    def _record(self) -> Record | None:
        """The next record: as many lines as its quotation marks take."""
        first = self._next()
        if first is None:
            return None
        number, line = first
        if isinstance(line, _TooLong):
            return self._faulty(
                number, f"It is longer than {MOST_LETTERS} characters.", "See whether a line break is missing."
            )
        if '"' not in line and not self._wrong(line):
            cells = line.rstrip("\r\n").split(self.source.mapping.delimiter)
            return self._whole(number, cells)
        held, marks = [first], line.count('"')
        while marks % 2 and len(held) < MOST_LINES and (more := self._next()) is not None:
            held.append(more)
            marks += more[1].count('"')
        try:
            reader = csv.reader([one for _, one in held], delimiter=self.source.mapping.delimiter, strict=True)
            rows = list(reader)
        except csv.Error:
            rows = []
        if len(rows) != 1 or marks % 2:
            self._held.extendleft(reversed(held[1:]))
            mend = 'Write a mark inside a cell twice (""), and one at the end of each cell that begins with one.'
            if wrong := self._wrong(line):
                return Record(number, [], (self._fault(number, *wrong),))
            return self._faulty(number, "A quotation mark in it is not closed, or stands inside a cell.", mend)
        found = tuple(self._fault(at, *wrong) for at, one in held if (wrong := self._wrong(one)))
        return Record(number, [], found) if found else self._whole(number, rows[0])

    def _whole(self, number: int, cells: list[str]) -> Record:
        if self._width and len(cells) != self._width and any(map(str.strip, cells)):
            what = f"It has {len(cells)} cells, and the first line has {self._width}."
            mend = "Put quotation marks around a cell that has a comma in it, and leave empty cells in their place."
            return self._faulty(number, what, mend)
        return Record(number, cells)

    def _wrong(self, line: str) -> tuple[str, str] | None:
        """What is wrong with the characters of a line, and how to mend it."""
        if line.isascii():
            if "\0" in line:
                return "There is a null character in it.", "Export it again: the file is damaged, or not a CSV file."
            if has_control(line):
                return "There is a control character in it.", "Take it out in the housing system: nobody can see it."
            return None
        encoding = self.source.mapping.encoding
        if "\0" in line:
            return "There is a null character in it.", "Export it again: the file is damaged, or not a CSV file."
        if _NOT_DECODED.search(line):
            others = " or ".join(one for one in ENCODINGS if one not in (encoding, "utf-16"))
            return (
                f"A character of it is not {encoding}.",
                f"Say in the mapping how the file is written: {others}; or export it as UTF-8.",
            )
        if "\ufffd" in line:
            return "A character was lost when it was exported.", "Export it again as UTF-8."
        if encoding in ("windows-1252", "iso-8859-1") and _TWICE_ENCODED.search(line):
            return "It is UTF-8 and is read as something else.", 'Say encoding = "utf-8" in the mapping.'
        if turns_direction(line):
            return (
                "A character of it turns the direction of the text.",
                "Take it out in the housing system: what is shown reads otherwise than what is written.",
            )
        if has_control(line):
            return "There is a control character in it.", "Take it out in the housing system: nobody can see it."
        return None

    def _next(self) -> tuple[int, str] | None:
        return self._held.popleft() if self._held else next(self._physical, None)

    def _lines(self) -> Iterator[tuple[int, str]]:
        number = 0
        while self._text is not None:
            number += 1
            try:
                line = self._text.readline(MOST_LETTERS)
                if len(line) == MOST_LETTERS and line[-1] not in "\r\n":
                    line = _TooLong(line)
                    while (more := self._text.readline(MOST_LETTERS)) and more[-1] not in "\r\n":
                        pass
            except UnicodeError:
                # From here on nobody can say where a line ends.
                yield number, "\ufffd"
                return
            if not line:
                return
            yield number, line

    def _faulty(self, line: int, what: str, mend: str) -> Record:
        return Record(line, [], (self._fault(line, what, mend),))

    def _fault(self, line: int, what: str, mend: str) -> Fault:
        return Fault(self.name, line, "", what, mend)


def _near(name: str, names: list[str]) -> str:
    near = nearest(name, [one for one in names if one])
    return near if near.startswith("Did") else f"The file has: {', '.join(one for one in names if one)}."
