"""A database on a PostgreSQL server: copied by pg_dump, put back by pg_restore, each through a pipe."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, Any

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fanlight.casework.copies.problems import CopyProblem

PIECE = 1 << 20
DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps each version of PostgreSQL's programs in a folder of its own."""
MISSING = (
    "{program} of PostgreSQL {version} or later is needed and is not installed. On Debian or Ubuntu: "
    "apt-get install postgresql-client. Elsewhere: put PostgreSQL's programs on the PATH."
)
_TABLES = """select c.oid::regclass::text, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' order by 1"""
_COPY = re.compile(rb'^COPY (?:"?\w+"?\.)?"?(\w+)"? \(.*\) FROM stdin;$')
_SAID_OF_A_CONNECTION = frozenset(
    ("host", "port", "dbname", "user", "service", "options", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl")
)


class PostgresqlCopies:
    """Copies of the PostgreSQL database that Django knows by an alias."""

    engine = "postgresql"

    def __init__(self, alias: str) -> None:
        """This function will make ready; nothing is connected yet."""
        given: Mapping[str, Any] = connections[alias].get_connection_params()
        self.alias = alias
        self.where = make_conninfo("", **{name: given[name] for name in _SAID_OF_A_CONNECTION & given.keys()})
        # A password on a command line can be read by everybody on the machine; an environment cannot.
        self.environment = {**os.environ, "PGAPPNAME": "fanlight", "PGCONNECT_TIMEOUT": "10"}
        if given.get("password"):
            self.environment["PGPASSWORD"] = str(given["password"])
        self.password = given.get("password")

    def is_empty(self) -> bool:
        """This function will say whether the database has no table."""
        with self._connected() as connection:
            return not connection.execute(_TABLES).fetchall()

    @contextmanager
    def taken(self) -> Iterator[tuple[Mapping[str, int], Iterator[bytes]]]:
        """This function will copy the database as it is at one moment: how many rows each table has, and its bytes in pieces."""
        with self._connected() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            program = self._program("pg_dump", connection)
            moment = connection.execute("select pg_export_snapshot()").fetchone()
            counts = _counts(connection)
            yield counts, self._dumped(program, str(moment[0] if moment else ""))

    def counted(self, pieces: Iterable[bytes]) -> Mapping[str, int]:
        """This function will say how many rows each table of a copy has, once pg_restore has read it to its end."""
        with self._connected() as connection:
            program = self._program("pg_restore", connection)
        command = [program, "--data-only", "--file=-"]
        with _Fed(command, self.environment, pieces) as restoring:
            return _rows_told(restoring.output)

    def load(self, pieces: Iterable[bytes]) -> Mapping[str, int]:
        """This function will put a copy into a database that is empty, all of it or nothing, and count its rows."""
        connections[self.alias].close()
        with self._connected() as connection:
            program = self._program("pg_restore", connection)
        command = [
            program, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={self.where}"
        ]  # fmt: skip
        with _Fed(command, self.environment, pieces) as restoring:
            restoring.output.read()
        with self._connected() as connection:
            return _counts(connection)

    def _dumped(self, program: str, moment: str) -> Iterator[bytes]:
        command = [
            program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--dbname={self.where}"
        ]  # fmt: skip
        with _Fed(command, self.environment, ()) as dumping:
            while piece := dumping.output.read(PIECE):
                yield piece

    def _connected(self) -> "psycopg.Connection[Any]":
        try:
            return psycopg.connect(self.where, password=self.password, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise CopyProblem(f"The database cannot be reached: {str(error).splitlines()[0]}") from error

    def _program(self, name: str, connection: "psycopg.Connection[Any]") -> str:
        """This function will find a program of PostgreSQL that is no older than the server. It raises CopyProblem."""
        wanted = connection.info.server_version // 10000
        for found in _programs(name):
            said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - PostgreSQL's own program
            version = re.search(r"(\d+)", said)
            if version and int(version[1]) >= wanted:
                return found
        raise CopyProblem(MISSING.format(program=name, version=wanted))


def _programs(name: str) -> list[str]:
    newest = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda file: float(file.parent.parent.name), reverse=True)
    on_path = shutil.which(name)
    return [*([on_path] if on_path else []), *map(str, newest)]


def _counts(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    counts: dict[str, int] = {}
    for _, schema, name in connection.execute(_TABLES).fetchall():
        found = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(schema, name))).fetchone()
        counts[name] = found[0] if found else 0
    return counts


def _rows_told(lines: Iterable[bytes]) -> dict[str, int]:
    """The rows of each table in the text that pg_restore makes of a copy."""
    counts: dict[str, int] = {}
    table, rows = "", 0
    for line in lines:
        if table:
            if line == b"\\.\n":
                counts[table], table = rows, ""
            else:
                rows += 1
        elif found := _COPY.match(line.rstrip(b"\n")):
            table, rows = found[1].decode(), 0
    return counts


class _Fed:
    """A program that reads pieces from a pipe, and whose answer is read from another. It raises CopyProblem where it fails."""

    def __init__(self, command: list[str], environment: Mapping[str, str], pieces: Iterable[bytes]) -> None:
        self.name = Path(command[0]).name
        self.process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, without a shell
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.pieces = pieces
        self.wrong: list[BaseException] = []
        self.said: list[bytes] = []
        self.threads = [Thread(target=self._feed), Thread(target=self._listen)]
        for thread in self.threads:
            thread.start()

    @property
    def output(self) -> IO[bytes]:
        """What the program writes."""
        assert self.process.stdout is not None
        return self.process.stdout

    def __enter__(self) -> "_Fed":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is not None:
            self.process.kill()
        for thread in self.threads:
            thread.join()
        self.output.close()
        status = self.process.wait()
        if kind is not None:
            return
        if self.wrong:
            raise self.wrong[0]
        if status:
            said = b"".join(self.said).decode(errors="replace").strip().splitlines()
            raise CopyProblem(f"{self.name} stopped: {said[0] if said else f'exit status {status}'}")

    def _feed(self) -> None:
        into = self.process.stdin
        assert into is not None
        try:
            for piece in self.pieces:
                into.write(piece)
            into.close()
        except BrokenPipeError:
            # It has said why on its way out.
            pass
        except BaseException as error:
            # What is fed is not as it was written: nothing of it may be taken for whole.
            self.wrong.append(error)
            self.process.kill()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as errors:
            self.said.append(errors.read())
