"""Walks the chains of the log and of the record, and says at which row one does not hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fanlight.casework import keys, sql
from fanlight.casework.heads import Sealed
from fanlight.casework.models import Case, Entry, Log

AT_ONCE = 4000


class Broken(NamedTuple):
    """Where a chain does not hold: the table, the number of the row in it (None for one that is gone), and what is wrong."""

    table: str
    row: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.table}{f' {self.row}' if self.row is not None else ''}: {self.what}"


@dataclass(slots=True)
class Verification:
    """A walk over every chain. `broken` holds the first row of each chain that does not hold; in the order of the walk."""

    sealed: Sealed
    rows: int = 0
    broken: list[Broken] = field(default_factory=list)
    _heads: dict[int, tuple[int, str]] = field(default_factory=dict)

    def walk(self) -> Iterator[int]:
        """This function will walk the log and then the record, giving after each stretch how many rows it was."""
        if self.sealed.fault:
            self.broken.append(Broken("the file of heads", None, self.sealed.fault))
        yield from self._walk_log()
        yield from self._walk_record()

    # ── The log ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _walk_log(self) -> Iterator[int]:
        chain, waiting = _Chain(Log, ("strand", "number")), dict(self.sealed.ends)
        detail = 1 + Log.HASHED.index("detail")
        for rows in chain.stretches():
            for row in rows:
                strand, number = row[chain.key_at], row[chain.place_at]
                if chain.key is not None and strand != chain.key:
                    self._end_of_strand(chain.key, chain.place, waiting)
                if fault := chain.takes(row):
                    self._broken(Log, row[0], f"{_strand(strand)}, row {number}: {fault}")
                if strand in waiting and waiting[strand][0] == number and row[-1] != waiting[strand][1]:
                    self._broken(
                        Log,
                        row[0],
                        f"{_strand(strand)}, row {number}: it is not the row that was sealed ({self.sealed.at}).",
                    )
                if isinstance(row[detail], dict) and "heads" in row[detail]:
                    self._note_heads(row[detail]["heads"])
            self.rows += len(rows)
            yield len(rows)
        if chain.key is not None:
            self._end_of_strand(chain.key, chain.place, waiting)
        for strand, (number, _) in sorted(waiting.items()):
            self._broken(
                Log, None, f"{_strand(strand)} is gone: it had {number} rows when it was sealed ({self.sealed.at})."
            )

    def _end_of_strand(self, strand: int, end: int, waiting: dict[int, tuple[int, bytes]]) -> None:
        number, _ = waiting.pop(strand, (0, b""))
        if end < number:
            self._broken(
                Log,
                None,
                f"{_strand(strand)} was cut at its end: it has {end} rows, and had {number} when sealed ({self.sealed.at}).",
            )

    def _note_heads(self, heads: Sequence[tuple[int, int, str]]) -> None:
        for case_id, sequence, of in heads:
            if sequence > self._heads.get(case_id, (0, ""))[0]:
                self._heads[case_id] = sequence, of

    # ── The record ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _walk_record(self) -> Iterator[int]:
        chain = _Chain(Entry, ("case_id", "sequence"))
        for rows in chain.stretches():
            for row in rows:
                case_id = row[chain.key_at]
                if chain.key is not None and case_id != chain.key:
                    self._end_of_case(chain.key, chain.place, chain.last)
                if fault := chain.takes(row):
                    self._broken(Entry, row[0], f"{_case(case_id)}, entry {row[chain.place_at]}: {fault}")
            self.rows += len(rows)
            yield len(rows)
        if chain.key is not None:
            self._end_of_case(chain.key, chain.place, chain.last)
        for case_id, (sequence, _) in sorted(self._heads.items()):
            self._broken(Entry, None, f"{_case(case_id)} has no entries: the log knows of {sequence}.")

    def _end_of_case(self, case_id: int, end: int, last: bytes) -> None:
        sequence, of = self._heads.pop(case_id, (0, ""))
        if end < sequence:
            self._broken(
                Entry,
                None,
                f"{_case(case_id)} was cut at its end: it has {end} entries, and the log knows of {sequence}.",
            )
        elif end > sequence:
            self._broken(Entry, None, f"{_case(case_id)}, entry {sequence + 1}: no row of the log says who wrote it.")
        elif last.hex() != of:
            self._broken(Entry, None, f"{_case(case_id)}, entry {end}: it is not the entry that the log knows of.")

    def _broken(self, model: type[Log] | type[Entry], row: int | None, what: str) -> None:
        self.broken.append(Broken(model._meta.db_table, row, what))  # noqa: SLF001 - as Django documents it


class _Chain:
    """A walk along rows in order: of one chain after another, each known by its key.

    A row is its id, what its hash takes in, the hash before it and its own. The hottest loop of the product over all rows:
    they are lists, and are looked into by place.
    """

    def __init__(self, model: type[Log] | type[Entry], order: tuple[str, str]) -> None:
        self.model = model
        self.order = order
        self.key_at, self.place_at = (1 + model.HASHED.index(name) for name in order)
        self.key: int | None = None
        self.place = 0
        self.last = keys.BEGINNING
        self._is_broken = False
        self._link = keys.linking()

    def stretches(self) -> Iterator[sql.Rows]:
        """This function will read the rows in order, so many at once."""
        columns: sql.Columns = (self.model, "link", ("id", *self.model.HASHED, "hash_before", "hash"))
        first, second = (f"link.{name}" for name in self.order)
        table = self.model._meta.db_table  # noqa: SLF001 - as Django documents it
        which = f"from {table} link where ({first}, {second}) > (%s, %s) order by {first}, {second} limit %s"
        after = (-1, -1)
        while rows := sql.select(which, [*after, AT_ONCE], columns):
            after = rows[-1][self.key_at], rows[-1][self.place_at]
            yield rows

    def takes(self, row: Sequence[Any]) -> str:
        """This function will take the next row, and say what is wrong with it; of each chain the first row alone is told."""
        key, place, hash_before, own = row[self.key_at], row[self.place_at], row[-2], row[-1]
        if key != self.key:
            self.key, self.place, self.last, self._is_broken = key, 0, keys.BEGINNING, False
        expected, before = self.place + 1, self.last
        self.place, self.last = place, own
        if self._is_broken:
            return ""
        fault = ""
        if self._link(hash_before, row[1:-2]) != own:
            fault = "it was changed, or stands where another row stood."
        elif place != expected:
            fault = f"the row before it is gone: {expected} was to come."
        elif hash_before != before:
            fault = "it does not follow the row before it, which was changed or put there."
        self._is_broken = bool(fault)
        return fault


def _strand(strand: int) -> str:
    return f"the strand of member of staff {strand}" if strand else "the strand of those not signed in"


def _case(case_id: int) -> str:
    reference = Case.objects.filter(pk=case_id).values_list("reference", flat=True).first()
    return f"case {reference}" if reference else f"a case that is gone (number {case_id})"


def number_of_rows() -> int:
    """This function will say how many rows there are to walk."""
    return Log.objects.count() + Entry.objects.count()
