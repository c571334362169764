"""Walks the chains of the log and of the record, and says at which row one does not hold."""

from collections.abc import Iterator, Mapping, Sequence
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
        for rows in _stretches(Log, chain.order):
            for row in rows:
                if (before := chain.begins_another(row)) is not None:
                    self._end_of_strand(before, chain.place, waiting)
                if fault := chain.takes(row):
                    self._broken(Log, row["id"], f"{_strand(row['strand'])}, row {row['number']}: {fault}")
                self._missed_in(row, waiting)
                self._note_heads(row)
            self.rows += len(rows)
            yield len(rows)
        if chain.key is not None:
            self._end_of_strand(chain.key, chain.place, waiting)
        for strand, (number, _) in sorted(waiting.items()):
            self._broken(
                Log, None, f"{_strand(strand)} is gone: it had {number} rows when it was sealed ({self.sealed.at})."
            )

    def _missed_in(self, row: Mapping[str, Any], waiting: Mapping[int, tuple[int, bytes]]) -> None:
        number, sealed = waiting.get(row["strand"], (0, b""))
        if row["number"] == number and bytes(row["hash"]) != sealed:
            self._broken(
                Log,
                row["id"],
                f"{_strand(row['strand'])}, row {number}: it is not the row that was sealed ({self.sealed.at}).",
            )

    def _end_of_strand(self, strand: int, end: int, waiting: dict[int, tuple[int, bytes]]) -> None:
        number, _ = waiting.pop(strand, (0, b""))
        if end < number:
            self._broken(
                Log,
                None,
                f"{_strand(strand)} was cut at its end: it has {end} rows, and had {number} when sealed ({self.sealed.at}).",
            )

    def _note_heads(self, row: Mapping[str, Any]) -> None:
        for case_id, sequence, of in row["detail"].get("heads", ()) if isinstance(row["detail"], dict) else ():
            if sequence > self._heads.get(case_id, (0, ""))[0]:
                self._heads[case_id] = sequence, of

    # ── The record ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _walk_record(self) -> Iterator[int]:
        chain = _Chain(Entry, ("case_id", "sequence"))
        for rows in _stretches(Entry, chain.order):
            for row in rows:
                if (before := chain.begins_another(row)) is not None:
                    self._end_of_case(before, chain.place, chain.last)
                if fault := chain.takes(row):
                    self._broken(Entry, row["id"], f"{_case(row['case_id'])}, entry {row['sequence']}: {fault}")
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
    """A walk along rows in order: of one chain after another, each known by its key."""

    def __init__(self, model: type[Log] | type[Entry], order: tuple[str, str]) -> None:
        self.model = model
        self.order = order
        self.key: int | None = None
        self.place = 0
        self.last = keys.BEGINNING
        self._is_broken = False

    def begins_another(self, row: Mapping[str, Any]) -> int | None:
        """This function will give the key of the chain that has ended, where a row is of another one."""
        return self.key if self.key is not None and row[self.order[0]] != self.key else None

    def takes(self, row: Mapping[str, Any]) -> str:
        """This function will take the next row, and say what is wrong with it; of each chain the first row alone is told."""
        key, place = row[self.order[0]], row[self.order[1]]
        if key != self.key:
            self.key, self.place, self.last, self._is_broken = key, 0, keys.BEGINNING, False
        expected, before = self.place + 1, self.last
        self.place, self.last = place, bytes(row["hash"])
        if self._is_broken:
            return ""
        fault = self._fault(row, place, expected, before)
        self._is_broken = bool(fault)
        return fault

    def _fault(self, row: Mapping[str, Any], place: int, expected: int, before: bytes) -> str:
        own = keys.link(bytes(row["hash_before"]), [row[name] for name in self.model.HASHED])
        if own != self.last:
            return "it was changed, or stands where another row stood."
        if place != expected:
            return f"the row before it is gone: {expected} was to come."
        return (
            ""
            if bytes(row["hash_before"]) == before
            else "it does not follow the row before it, which was changed or put there."
        )


def _stretches(model: type[Log] | type[Entry], order: tuple[str, str]) -> Iterator[Sequence[Mapping[str, Any]]]:
    columns: sql.Columns = (model, "link", ("id", *model.HASHED, "hash_before", "hash"))
    first, second = order
    table = model._meta.db_table  # noqa: SLF001 - as Django documents it
    which = f"from {table} link where (link.{first}, link.{second}) > (%s, %s) order by link.{first}, link.{second} limit %s"
    after = (-1, -1)
    while found := sql.select(which, [*after, AT_ONCE], columns):
        rows = [dict(zip(columns[2], row, strict=True)) for row in found]
        after = rows[-1][first], rows[-1][second]
        yield rows


def _strand(strand: int) -> str:
    return f"the strand of member of staff {strand}" if strand else "the strand of those not signed in"


def _case(case_id: int) -> str:
    reference = Case.objects.filter(pk=case_id).values_list("reference", flat=True).first()
    return f"case {reference}" if reference else f"a case that is gone (number {case_id})"


def number_of_rows() -> int:
    """This function will say how many rows there are to walk."""
    return Log.objects.count() + Entry.objects.count()
