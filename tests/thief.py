"""What somebody learns who copies the databases: every cell of every table, and what it decodes to."""

import base64
from collections.abc import Iterator

from django.db import connections

from fanlight.casework.identity.sessions import SessionStore
from fanlight.casework.models import SignedIn


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
