"""A transaction's BEGIN travels with its first statements and its COMMIT with its last, and savepoints with what they enclose.

That is two journeys fewer for each entry, and four for one that a form sent. Django's own cursors work as ever: what is still to
be said goes before what they do.
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

    due: tuple[str, ...] = ()
    """What Django has begun or released, and the server has not been told: it goes with the next statement."""
    _plain: "ClientCursor[Any] | None" = None
    _said: abc.Transformer
    """What the driver makes of values, and of rows; kept with the cursor, since making it costs more than a short query."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """This function will have what is due said before each statement, of a cursor that was made before it too."""
        super().__init__(*arguments, **named)
        self.execute_wrappers.append(_say_what_is_due_first)

    def _set_autocommit(self, autocommit: bool) -> None:
        if not self.connection.autocommit:
            with self.wrap_database_errors:
                self.connection.autocommit = True
        self.due = () if autocommit else ("begin",)

    def _commit(self) -> None:
        # Most often it travelled already. The driver would see that too, and take longer over it than over a short query.
        if self.connection is None or self.connection.pgconn.transaction_status != TransactionStatus.IDLE:
            super()._commit()  # type: ignore[misc]  # Django has it, and its stubs do not say so

    def _savepoint(self, sid: str) -> None:
        self.due = (*self.due, _beginning(sid))

    def _savepoint_commit(self, sid: str) -> None:
        # One of which the server never heard enclosed nothing.
        if _beginning(sid) in self.due:
            self.due = self.due[: self.due.index(_beginning(sid))]
        else:
            self.due = (*self.due, f"release savepoint {sid}")

    def _savepoint_rollback(self, sid: str) -> None:
        if _beginning(sid) in self.due:
            self.due = self.due[: self.due.index(_beginning(sid)) + 1]
            return
        # What is still to be said was all within it.
        self.due = ()
        with self.wrap_database_errors:
            self._cursor_of_ours().execute(f"rollback to savepoint {sid}")

    def create_cursor(self, name: str | None = None) -> Any:
        """This function will give a cursor of Django's, in the transaction that is to be."""
        self.say_what_is_due()
        return super().create_cursor(name)

    def say_what_is_due(self) -> None:
        """This function will tell the server what it has not been told yet."""
        if self.due:
            said, self.due = "; ".join(self.due), ()
            self._cursor_of_ours().execute(said)

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
        self._plain, self.due = None, ()
        super().close()

    def journey(self, texts: Sequence[str], values: Sequence[Any], *, ends: bool = False) -> list[Rows]:
        """This function will send statements together and give the rows of each; of one that gives none, no rows.

        With `ends` nothing more is done in the transaction: where it is the outermost, it is committed with them.
        """
        self.ensure_connection()
        self.validate_no_broken_transaction()
        first = self.due
        last = ["commit"] if ends and self.in_atomic_block and not self.savepoint_ids else []
        with self.wrap_database_errors:
            found = self._sent("; ".join((*first, *texts, *last)), values)
        return found[len(first) : len(first) + len(texts)]

    def _sent(self, statements: str, values: Sequence[Any]) -> list[Rows]:
        """What a cursor of the driver's would do with statements, without what it keeps for each of them to be asked later."""
        connection = self._cursor_of_ours().connection
        literal = self._said.as_literal
        said = statements.encode() % tuple([_moment(one) if type(one) is datetime else literal(one) for one in values])
        self.due = ()
        with connection.lock:
            connection.pgconn.send_query(said)
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


def _say_what_is_due_first(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
    context["connection"].say_what_is_due()
    return execute(statement, values, many, context)


def _beginning(sid: str) -> str:
    return f"savepoint {sid}"


def _has_something_to_read(socket: int) -> bool:
    waiting = select.poll()
    waiting.register(socket, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(waiting.poll(0))


def _moment(moment: datetime) -> bytes:
    """As the driver writes a moment, in a third of the time."""
    return f"'{moment.isoformat()}'::timestamp{'tz' if moment.tzinfo else ''}".encode()
