"""What somebody learns who copies the databases: every cell of every table, every dump and backup, and what they decode to."""

import base64
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.core.cache import caches
from django.db import connections

from fanlight.casework.copies import KEYS, RECORD, back_up
from fanlight.casework.copies.on_postgresql import PostgresqlCopies
from fanlight.casework.identity.sessions import SessionStore
from fanlight.casework.models import SignedIn
from fanlight.present import present
from tests import postgres

# As each database writes bytes in the text of a dump.
_BYTES = re.compile(r"(?:\\x|X')([0-9a-fA-F]{2,})")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")


def cells() -> Iterator[tuple[str, str]]:
    """This function will give every cell of every table of both databases, and what it decodes to."""
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"select * from {connection.ops.quote_name(table)}")
                for row in cursor.fetchall():
                    for cell in row:
                        raw = bytes(cell) if isinstance(cell, bytes | bytearray | memoryview) else str(cell).encode()
                        yield table, raw.decode("utf-8", "replace")
                        try:
                            yield table, base64.b64decode(raw + b"==").decode("utf-8", "replace")
                        except ValueError:
                            continue
    for session in SignedIn.objects.all():
        yield "sessions, decoded", str(SessionStore().decode(session.session_data))


def holding(*words: str) -> list[tuple[str, str]]:
    """This function will say which tables hold one of the words, whatever its case."""
    return [(table, word) for table, cell in cells() for word in words if word.lower() in cell.lower()]


def dumps() -> Iterator[tuple[str, str]]:
    """This function will dump both databases, in every form that their own programs give, and read each dump."""
    for alias in connections:
        texts = _dumps_of_postgresql(alias) if connections[alias].vendor == "postgresql" else _dump_of_sqlite(alias)
        for form, text in texts:
            for read in (text, *_decoded(text)):
                yield f"{form} of {alias}", read


def _dump_of_sqlite(alias: str) -> Iterator[tuple[str, str]]:
    connections[alias].ensure_connection()
    yield "a dump", "\n".join(connections[alias].connection.iterdump())


def _dumps_of_postgresql(alias: str) -> Iterator[tuple[str, str]]:
    folder = postgres.programs()
    assert folder is not None, postgres.MISSING
    where = PostgresqlCopies(alias).where

    def made(program: str, *words: str, fed: bytes | None = None) -> bytes:
        return subprocess.run([folder / program, *words], input=fed, capture_output=True, check=True).stdout

    yield "a plain pg_dump", made("pg_dump", f"--dbname={where}").decode()
    yield "a pg_dump of inserts", made("pg_dump", "--inserts", f"--dbname={where}").decode()
    custom = made("pg_dump", "--format=custom", f"--dbname={where}")
    yield "a pg_dump in its own format", custom.decode("utf-8", "replace")
    # It is compressed: what stands in it shows when it is opened.
    yield "a pg_dump in its own format, opened", made("pg_restore", "--file=-", fed=custom).decode()


def _decoded(text: str) -> Iterator[str]:
    """What stands in a dump as figures or letters for bytes, one found piece a line."""
    yield "\n".join(bytes.fromhex(one[: len(one) // 2 * 2]).decode("utf-8", "replace") for one in _BYTES.findall(text))
    yield "\n".join(
        base64.b64decode(one[: len(one) // 4 * 4], altchars=b"-_").decode("utf-8", "replace")
        for one in _BASE64.findall(text)
    )


def backups(folder: Path) -> Iterator[tuple[str, str]]:
    """This function will make a backup of the record and one of the key store, and read the files as they lie there."""
    for of in (RECORD, KEYS):
        file = folder / f"{of}.sealed"
        back_up(of, file, lambda _doing, pieces: pieces, now=present())
        yield f"a backup of the {of}", file.read_bytes().decode("utf-8", "replace")


def memory() -> Iterator[tuple[str, str]]:
    """This function will read what the caches keep between one request and the next."""
    for cache in caches.all(initialized_only=True):
        for name, value in getattr(cache, "_cache", {}).items():
            yield f"cache {name}", f"{name} {bytes(value).decode('utf-8', 'replace')}"
