"""A transaction's BEGIN travels with its first statements and its COMMIT with its last: two journeys fewer for each entry.

Django's own cursors work as ever: what they do begins with a BEGIN of its own where that is still to be sent.
"""

import select
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.backends.postgresql import base
from psycopg import ClientCursor, abc, adapt, errors
from psycopg.generators import execute
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.datetime import TimestamptzLoader

Rows = list[list[Any]]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; the driver is left in autocommit, and begins nothing by itself."""

    begin_is_due = False
    """Django is in a transaction, and the server has not been told."""
    _plain: "ClientCursor[Any] | None" = None
    _said: abc.Transformer
    """What the driver makes of values, and of rows; kept with the cursor, since making it costs more than a short query."""

    def _set_autocommit(self, autocommit: bool) -> None:
        if not self.connection.autocommit:
            with self.wrap_database_errors:
                self.connection.autocommit = True
        self.begin_is_due = not autocommit

    def _commit(self) -> None:
        # Most often it travelled already. The driver would see that too, and take longer over it than over a short query.
        if self.connection is None or self.connection.pgconn.transaction_status != TransactionStatus.IDLE:
            super()._commit()  # type: ignore[misc]  # Django has it, and its stubs do not say so

    def create_cursor(self, name: str | None = None) -> Any:
        """This function will give a cursor of Django's, in the transaction that is to be."""
        if self.begin_is_due:
            self.begin_is_due = False
            self._cursor_of_ours().execute("begin")
        return super().create_cursor(name)

    def is_usable(self) -> bool:
        """This function will say whether the server is still there, without a journey where nothing speaks against it.

        A server that went away has closed the connection: then there is something to read, which there is not while it waits.
        """
        pgconn = self.connection.pgconn if self.connection is not None else None
        if pgconn is not None and pgconn.status == ConnStatus.OK and not _has_something_to_read(pgconn.socket):
            return True
        return super().is_usable()

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
            found = self._sent("; ".join((*first, *texts, *last)), values)
        return found[len(first) : len(first) + len(texts)]

    def _sent(self, statements: str, values: Sequence[Any]) -> list[Rows]:
        """What a cursor of the driver's would do with statements, without what it keeps for each of them to be asked later."""
        connection = self._cursor_of_ours().connection
        literal = self._said.as_literal
        said = tuple([_moment(value) if type(value) is datetime else literal(value) for value in values])
        with connection.lock:
            connection.pgconn.send_query(statements.encode() % said)
            results = connection.wait(execute(connection.pgconn))
        return [self._rows_of(result) for result in results]

    def _rows_of(self, result: PGresult) -> Rows:
        if result.status == ExecStatus.TUPLES_OK:
            self._said.set_pgresult(result)
            return self._said.load_rows(0, result.ntuples, list)
        if result.status != ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result)
        return []

    def _cursor_of_ours(self) -> "ClientCursor[Any]":
        if self._plain is None or self._plain.connection is not self.connection:
            self._plain = ClientCursor(self.connection)
            # The driver's own reading of moments, which is many times as quick as Django's.
            self._plain.adapters.register_loader("timestamptz", TimestamptzLoader)
            self._said = adapt.Transformer(self._plain)
        return self._plain


def _has_something_to_read(socket: int) -> bool:
    waiting = select.poll()
    waiting.register(socket, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(waiting.poll(0))


def _moment(moment: datetime) -> bytes:
    """As the driver writes a moment, in a third of the time."""
    return f"'{moment.isoformat()}'::timestamp{'tz' if moment.tzinfo else ''}".encode()
