"""A backup from end to end: taken, sealed, read back, given its name; and restored, from a file that proves to be whole."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from fanlight.casework.copies.on_postgresql import PostgresqlCopies
from fanlight.casework.copies.on_sqlite import SqliteCopies
from fanlight.casework.copies.problems import CopyProblem
from fanlight.casework.keys import Damaged, MasterKeyProblem, seal_file, unseal_file
from fanlight.casework.keys.files import read_head
from fanlight.casework.keystore.router import STORE

RECORD, KEYS = "record", "keys"
"""What a backup is of: the database of the record, or the key store."""
_ALIAS = {RECORD: DEFAULT_DB_ALIAS, KEYS: STORE}
_NAMED = {RECORD: "of the record", KEYS: "of the key store"}

Watch = Callable[[str, Iterable[bytes]], Iterable[bytes]]
"""Shows how far it is, given what is being done, and passes the pieces on."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What came of a backup: how many bytes it has, and how many rows of how many tables."""

    size: int
    tables: int
    rows: int


def back_up(of: str, file: Path, watch: Watch, *, now: datetime) -> Backup:
    """This function will write a sealed backup, read it back and only then give it its name. It raises CopyProblem."""
    if file.exists():
        raise CopyProblem(f"{file} is there already: name a new file.")
    if not file.parent.is_dir():
        raise CopyProblem(f"{file.parent} is no folder.")
    copies = _copies(of)
    if copies.is_empty():
        raise CopyProblem(f"The database {_NAMED[of]} is empty: there is nothing to back up.")
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as written:
            digest = _Digest()
            with copies.taken() as (counts, pieces):
                about = {
                    "of": of,
                    "engine": copies.engine,
                    "made_at": now.isoformat(),
                    "fanlight": version("fanlight"),
                    "migrations": sorted(_applied(of)),
                    "tables": dict(counts),
                }
                seal_file(digest.of(watch("Backing up", pieces)), written, about)
            written.flush()
            os.fsync(written.fileno())
            written.seek(0)
            again = _Digest()
            found = copies.counted(again.of(watch("Reading it back", unseal_file(written))))
            if again.hex != digest.hex or dict(found) != dict(counts):
                raise CopyProblem("What was written is not what was read: nothing is kept of it. Try another disk.")
            size = written.seek(0, os.SEEK_END)
        _name(unfinished, file)
    except (Damaged, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise CopyProblem(f"The backup could not be written, and nothing of it is kept: {why}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(size, len(counts), sum(counts.values()))


def about_file(file: Path) -> Mapping[str, Any]:
    """This function will give what a sealed backup says of itself, which nobody has proved yet. It raises CopyProblem."""
    with _reading(file) as source:
        said, _ = _or_problem(lambda: read_head(source))
    about = said.get("about") if isinstance(said, Mapping) else None
    if not isinstance(about, Mapping) or about.get("of") not in _ALIAS:
        raise CopyProblem(f"{file} is no backup of Fanlight's.")
    return about


def check_empty(of: str) -> None:
    """This function will raise CopyProblem for a database that has anything in it."""
    if not _copies(of).is_empty():
        raise CopyProblem(
            f"The database {_NAMED[of]} is not empty, and is left alone: name a new one in "
            f"{'KEY_STORE_URL' if of == KEYS else 'DATABASE_URL'}, or move this one away."
        )


def check_file(of: str, file: Path, watch: Watch) -> Backup:
    """This function will read a backup to its end and prove that it is whole, and of this kind. It raises CopyProblem."""
    about = about_file(file)
    if about["of"] != of:
        way = "with --keys" if about["of"] == KEYS else "without --keys"
        raise CopyProblem(f"{file} is a backup {_NAMED[about['of']]}: restore it {way}.")
    copies = _copies(of)
    if about["engine"] != copies.engine:
        raise CopyProblem(
            f"{file} is a backup of a database on {_called(about['engine'])}, and this one is on {_called(copies.engine)}: "
            "restore it to a database of its own kind."
        )
    newer = sorted(set(about["migrations"]) - _known(of))
    if newer:
        raise CopyProblem(
            f"{file} was made by a newer Fanlight ({about['fanlight']}; it knows {newer[-1]}, and this one does not): "
            "install that version, and restore it there."
        )
    with _reading(file) as source:
        counts = _or_problem(lambda: copies.counted(watch("Checking the file", unseal_file(source))))
    if dict(counts) != dict(about["tables"]):
        raise CopyProblem(f"{file} does not hold the rows that it says it holds.")
    return Backup(file.stat().st_size, len(counts), sum(counts.values()))


def check_age(about: Mapping[str, Any], days: int, *, now: datetime) -> None:
    """This function will raise CopyProblem for a backup of the key store that is older than such a backup may be."""
    made_at = datetime.fromisoformat(str(about["made_at"]))
    if made_at > now + timedelta(days=1):
        raise CopyProblem("This backup was made at a moment that is still to come: is the clock of this machine right?")
    if now - made_at > timedelta(days=days):
        raise CopyProblem(
            f"This backup of the key store is {(now - made_at).days} days old, and may be {days} at most: it holds keys that may have been "
            "destroyed since, and what was disposed of must not come back. Destroy the file, and take the latest."
        )


def restore(of: str, file: Path, watch: Watch) -> Backup:
    """This function will put a backup that was checked into a database that is empty, whole or not at all. It raises CopyProblem."""
    check_empty(of)
    copies, about = _copies(of), about_file(file)
    with _reading(file) as source:
        counts = _or_problem(lambda: copies.load(watch("Restoring", unseal_file(source))))
    if dict(counts) != dict(about["tables"]):
        raise CopyProblem("The database does not hold what the backup says it holds: do not use it.")
    return Backup(file.stat().st_size, len(counts), sum(counts.values()))


def _copies(of: str) -> SqliteCopies | PostgresqlCopies:
    alias = _ALIAS[of]
    return PostgresqlCopies(alias) if connections[alias].vendor == "postgresql" else SqliteCopies(alias)


def _called(engine: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(engine, engine)


def _applied(of: str) -> set[str]:
    loader = MigrationLoader(connections[_ALIAS[of]], ignore_no_migrations=True)
    return {".".join(name) for name in loader.applied_migrations}


def _known(of: str) -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    return {".".join(name) for name in (*loader.disk_migrations, *replaced)}


def _reading(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise CopyProblem(f"{file} cannot be read: {error.strerror}.") from error


Found = TypeVar("Found")


def _or_problem(act: Callable[[], Found]) -> Found:
    try:
        return act()
    except Damaged as damaged:
        raise CopyProblem(f"{damaged} Nothing was restored from it.") from damaged
    except MasterKeyProblem as problem:
        raise CopyProblem(f"{problem}") from problem


def _name(unfinished: Path, file: Path) -> None:
    """This function will give a file its name, unless something has it meanwhile, so that it is there after a fall of the machine."""
    try:
        os.link(unfinished, file)
    except FileExistsError:
        raise CopyProblem(f"{file} is there already: name a new file.") from None
    except OSError:
        # Some file systems have no second names.
        if file.exists():
            raise CopyProblem(f"{file} is there already: name a new file.") from None
        unfinished.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class _Digest:
    """What passed, as one number."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def of(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """This function will pass the pieces on, and take each of them in."""
        for piece in pieces:
            self._sum.update(piece)
            yield piece

    @property
    def hex(self) -> str:
        """The number, in hexadecimal."""
        return self._sum.hexdigest()
