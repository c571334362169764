"""A transaction's BEGIN travels with its first statements and its COMMIT with its last: two journeys fewer for each entry.

Django's own cursors work as ever: what they do begins with a BEGIN of its own where that is still to be sent.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base
from psycopg import ClientCursor
from psycopg.types.datetime import TimestamptzLoader

Rows = list[list[Any]]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; the driver is left in autocommit, and begins nothing by itself."""

    begin_is_due = False
    """Django is in a transaction, and the server has not been told."""
    _plain: "ClientCursor[Any] | None" = None

    def _set_autocommit(self, autocommit: bool) -> None:
        if not self.connection.autocommit:
            with self.wrap_database_errors:
                self.connection.autocommit = True
        self.begin_is_due = not autocommit

    def create_cursor(self, name: str | None = None) -> Any:
        """This function will give a cursor of Django's, in the transaction that is to be."""
        if self.begin_is_due:
            self.begin_is_due = False
            self._cursor_of_ours().execute("begin")
        return super().create_cursor(name)

    def close(self) -> None:
        """This function will close the connection."""
        self._plain, self.begin_is_due = None, False
        super().close()

    def journey(self, texts: Sequence[str], values: Sequence[Any], *, ends: bool = False) -> list[Rows]:
        """This function will send statements together and give the rows of each; of one that gives none, no rows.

        With `ends` nothing more is done in the transaction: where it is the outermost, it is committed with them.
        """
        self.ensure_connection()
        self.validate_no_broken_transaction()
        first = ["begin"] if self.begin_is_due else []
        last = ["commit"] if ends and self.in_atomic_block and not self.savepoint_ids else []
        self.begin_is_due = False
        with self.wrap_database_errors:
            cursor = self._cursor_of_ours()
            cursor.execute("; ".join((*first, *texts, *last)), values or None)
            found = [_rows_of(cursor)]
            while cursor.nextset():
                found.append(_rows_of(cursor))
        return found[len(first) : len(first) + len(texts)]

    def _cursor_of_ours(self) -> "ClientCursor[Any]":
        if self._plain is None or self._plain.connection is not self.connection:
            self._plain = ClientCursor(self.connection)
            # The driver's own reading of moments, which is many times as quick as Django's.
            self._plain.adapters.register_loader("timestamptz", TimestamptzLoader)
        return self._plain


def _rows_of(cursor: "ClientCursor[Any]") -> Rows:
    # Whether there are rows at all is asked of the result itself: the cursor's own `description` costs more than the rows.
    return [list(row) for row in cursor.fetchall()] if cursor.pgresult and cursor.pgresult.nfields else []
