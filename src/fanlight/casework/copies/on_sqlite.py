"""A database in an SQLite file: copied into memory by SQLite's online backup, while people go on working."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections

from fanlight.casework.copies.problems import CopyProblem

PIECE = 1 << 20
_TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"


class SqliteCopies:
    """Copies of the SQLite database that Django knows by an alias."""

    engine = "sqlite"

    def __init__(self, alias: str) -> None:
        """This function will make ready; nothing is opened yet."""
        self.alias = alias
        self.file = Path(connections[alias].settings_dict["NAME"])

    def is_empty(self) -> bool:
        """This function will say whether there is no database yet, or one without any table."""
        if not self.file.exists():
            return True
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as found:
            try:
                return not _counts(found)
            except sqlite3.DatabaseError as error:
                raise CopyProblem(f"{self.file} is there already, and cannot be read as a database.") from error

    @contextmanager
    def taken(self) -> Iterator[tuple[Mapping[str, int], Iterator[bytes]]]:
        """This function will copy the database as it is at one moment: how many rows each table has, and its bytes in pieces."""
        connection = connections[self.alias]
        connection.ensure_connection()
        with closing(sqlite3.connect(":memory:")) as memory:
            connection.connection.backup(memory)
            _check(memory)
            counts = _counts(memory)
            whole = bytearray(memory.serialize())
        # The two bytes that say "with a write-ahead log": a database in memory has none, and would not open with them.
        whole[18:20] = b"\x01\x01"
        yield counts, (bytes(whole[start : start + PIECE]) for start in range(0, len(whole), PIECE))

    def counted(self, pieces: Iterable[bytes]) -> Mapping[str, int]:
        """This function will say how many rows each table of a copy has, once it has proved to be whole."""
        with closing(_opened(pieces)) as memory:
            return _counts(memory)

    def load(self, pieces: Iterable[bytes]) -> Mapping[str, int]:
        """This function will put a copy in place of a database that is empty, and say how many rows each of its tables has."""
        connections[self.alias].close()
        unfinished = self.file.with_name(f".{self.file.name}.restoring")
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with closing(_opened(pieces)) as memory, closing(sqlite3.connect(unfinished)) as written:
                written.execute("pragma synchronous = full")
                memory.backup(written)
                _check(written)
                counts = _counts(written)
            for left in ("-wal", "-shm"):
                # A log that stayed behind from another database must not be played into this one.
                self.file.with_name(self.file.name + left).unlink(missing_ok=True)
            unfinished.replace(self.file)
        finally:
            unfinished.unlink(missing_ok=True)
        return counts


def _opened(pieces: Iterable[bytes]) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:")
    try:
        memory.deserialize(b"".join(pieces))
        _check(memory)
    except BaseException:
        memory.close()
        raise
    return memory


def _check(database: sqlite3.Connection) -> None:
    try:
        said = [row[0] for row in database.execute("pragma integrity_check")]
        dangling = database.execute("pragma foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise CopyProblem("The copy is no whole SQLite database.") from error
    if said != ["ok"] or dangling is not None:
        raise CopyProblem("SQLite finds fault with the database: run `pragma integrity_check` on it.")


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in database.execute(_TABLES).fetchall()]
    return {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of tables that the database itself gave
