"""Short SQL for the few reads and writes that every page and every entry passes through.

Django builds each of its queries anew, which costs more than the database takes to answer the short ones
here. These say the same in plain SQL, once, for both databases; values go in as parameters and come
out as the types of the models' fields.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, DateTimeField, Field, JSONField, Model

from fanlight.casework.postgresql.base import DatabaseWrapper as PostgreSQL

Columns = tuple[type[Model], str, tuple[str, ...]]
"""A table, the short name that the SQL gives it, and the fields to read."""

Rows = Sequence[Sequence[Any]]

Convert = Callable[[Any], Any]

LARGEST = 2**63 - 1
"""The largest number that an id can be: a larger one, which somebody typed, is nobody's, and SQLite would not take it."""


def select(tail: str, values: Sequence[object], *tables: Columns, also: tuple[str, ...] = ()) -> list[list[Any]]:
    """This function will read the fields of the tables, and `also` expressions, for the rows that `tail` finds.

    `tail` is the SQL from the word `from` on.
    """
    (rows,) = select_together(Read(tail, values, tables, also))
    return rows


class Read(NamedTuple):
    """A reading of rows, as `select` takes it."""

    tail: str
    values: Sequence[object]
    tables: tuple[Columns, ...] = ()
    also: tuple[str, ...] = ()


def select_together(*reads: Read) -> list[list[list[Any]]]:
    """This function will read the rows of each of the reads, on PostgreSQL in one journey to the database."""
    heads = [_head(read.tables, read.also) for read in reads]
    texts = [f"{head} {read.tail}" for (head, _), read in zip(heads, reads, strict=True)]
    values = [[_parameter(value) for value in read.values] for read in reads]
    found = _sent(texts, values)
    for (_, converters), rows in zip(heads, found, strict=True):
        for place, convert in converters:
            for row in rows:
                if row[place] is not None:
                    row[place] = convert(row[place])
    return found


def carry_out(statement: str, values: Sequence[object]) -> list[list[Any]]:
    """This function will carry out a statement as it stands, and give the rows that it gives."""
    (rows,) = _sent([statement], [[_parameter(value) for value in values]])
    return rows


def _sent(texts: Sequence[str], values: Sequence[Sequence[Any]], *, ends: bool = False) -> list[list[list[Any]]]:
    """This function will send statements, on PostgreSQL in one journey; where queries are counted, each by itself."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    if isinstance(wrapper, PostgreSQL) and not wrapper.queries_logged:
        return wrapper.journey(texts, [value for of_one in values for value in of_one], ends=ends)
    found = []
    with connection.cursor() as cursor:
        for text, of_one in zip(texts, values, strict=True):
            cursor.execute(text, of_one)
            found.append([list(row) for row in cursor.fetchall()] if cursor.description else [])
    return found


def add(row: Model) -> None:
    """This function will add a new row to its table, and give it its id."""
    names = [name for name in fields_of(type(row)) if name != "id"]
    insertion, values = _insertion(type(row), [{name: getattr(row, name) for name in names}])
    (((row.pk,),),) = _sent([f'{insertion} returning "id"'], [values])
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as Django documents it


class Batch:
    """Writes that need no answer, kept in order and sent together: one journey to the database instead of many."""

    def __init__(self) -> None:
        self._statements: list[tuple[str, list[Any]]] = []

    def add(self, statement: str, values: Sequence[object]) -> None:
        """This function will add a statement as it stands."""
        self._statements.append((statement, [_parameter(value) for value in values]))

    def insert(self, model: type[Model], rows: Sequence[Mapping[str, object]]) -> None:
        """This function will add rows that all say the same fields."""
        if rows:
            self._statements.append(_insertion(model, rows))

    def update(self, model: type[Model], pk: int, changes: Mapping[str, object]) -> None:
        """This function will add a change of fields of one row."""
        columns, converters = _written(model, tuple(changes))
        names = ", ".join(f"{column} = %s" for column in columns)
        values = _stored(converters, changes.values())
        self._statements.append((f'update "{_table(model)}" set {names} where "id" = %s', [*values, pk]))  # noqa: S608 - names of our own tables; every value is a parameter

    def delete(self, model: type[Model], column: str, ids: Iterable[int]) -> None:
        """This function will add the deletion of the rows whose column holds one of the ids."""
        if wanted := list(ids):
            of = f'"{_table(model)}" where "{_field(model, column).column}"'
            self._statements.append((f"delete from {of} in ({marks(wanted)})", wanted))  # noqa: S608 - as above

    def send(self, *, ends: bool = False) -> None:
        """This function will send everything that was added, and be empty again; `ends` where nothing follows in the transaction."""
        statements, self._statements = self._statements, []
        if statements:
            _sent([text for text, _ in statements], [values for _, values in statements], ends=ends)


def load(model: type[Model], names: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    """This function will add a great many rows that say the same fields, in the quickest way that the database has."""
    columns = ", ".join(f'"{_field(model, name).column}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'copy "{_table(model)}" ({columns}) from stdin') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        values = [_plainly(row) for row in rows]
        cursor.executemany(f'insert into "{_table(model)}" ({columns}) values ({marks(names)})', values)  # noqa: S608 - names of our own tables; every value is a parameter


def take_stock(*models: type[Model]) -> None:
    """This function will let PostgreSQL count again what is in tables, so that it takes their indexes: it does so by itself a minute later.

    Until it has, it reads all of a table that was filled this minute each time some hundred of its rows are asked for.
    """
    if connection.vendor == "postgresql" and models:
        with connection.cursor() as cursor:
            cursor.execute("analyze " + ", ".join(f'"{_table(model)}"' for model in models))


def change(model: type[Model], names: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    """This function will change the fields of a great many rows; the last value of each is its id."""
    said = ", ".join(f'"{_field(model, name).column}" = %s' for name in names)
    values: list[Any] = [_plainly(row) if connection.vendor == "sqlite" else row for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(f'update "{_table(model)}" set {said} where "id" = %s', values)  # noqa: S608 - as above


def _plainly(row: Sequence[object]) -> list[Any]:
    """SQLite takes moments and days as text."""
    return [_as_text(value) if isinstance(value, date) else value for value in row]


def _as_text(value: date) -> Any:
    return _parameter(value) if isinstance(value, datetime) else value.isoformat()


def marks(values: Sequence[object]) -> str:
    """This function will give the places for so many parameters."""
    return ", ".join(["%s"] * len(values))


def each_of(column: str, alias: str) -> str:
    """This function will give the words that make a row, `alias`.value, of each member of a column that holds a JSON list."""
    if connection.vendor == "postgresql":
        return f"jsonb_array_elements_text({column}) as {alias}(value)"
    return f"json_each({column}) as {alias}"


def in_order() -> list[Read]:
    """This function will give the reads that let PostgreSQL join tables in the order of the SQL until the transaction ends.

    Where a statement joins many, and says the right order, looking for a better one takes longer than carrying it out.
    """
    if connection.vendor != "postgresql":
        return []
    return [Read("", [], also=("set_config('join_collapse_limit', '1', true)",))]


def days_before(moment: str, days: int) -> str:
    """This function will give the words for the day that lies so many days before that of a column that holds a moment."""
    if connection.vendor == "postgresql":
        return f"(({moment} at time zone 'UTC')::date - {days})"
    return f"date({moment}, '-{days} days')"


def among(these: str) -> str:
    """This function will give the words that ask whether a column is among what a read gives: read once, and then looked up."""
    return f"= any(array({these}))" if connection.vendor == "postgresql" else f"in ({these})"


def for_update(alias: str) -> str:
    """This function will give the words that lock a row till the transaction ends; SQLite locks them all, unasked."""
    return f"for update of {alias}" if connection.features.has_select_for_update else ""


def _insertion(model: type[Model], rows: Sequence[Mapping[str, object]]) -> tuple[str, list[Any]]:
    columns, converters = _written(model, tuple(rows[0]))
    one = f"({marks(columns)})"
    values = [value for row in rows for value in _stored(converters, row.values())]
    return f'insert into "{_table(model)}" ({", ".join(columns)}) values {", ".join([one] * len(rows))}', values  # noqa: S608 - as above


@cache
def _head(tables: tuple[Columns, ...], also: tuple[str, ...]) -> tuple[str, tuple[tuple[int, Convert], ...]]:
    names: list[str] = []
    converters: list[tuple[int, Convert]] = []
    for model, alias, columns in tables:
        for name in columns:
            field = _field(model, name)
            if convert := _converter(field):
                converters.append((len(names), convert))
            names.append(f'{alias}."{field.column}"')
    return f"select {', '.join((*names, *also))}", tuple(converters)


def empty_log(alias: str) -> None:
    """This function will bring what stands in SQLite's log of writes into the file, and empty the log; elsewhere it does nothing."""
    database = connections[alias]
    if database.vendor == "sqlite" and not database.in_atomic_block:
        with database.cursor() as cursor:
            cursor.execute("pragma wal_checkpoint(truncate)")


def fields_of(model: type[Model]) -> tuple[str, ...]:
    """This function will name every column of a table."""
    return tuple(field.attname for field in model._meta.concrete_fields)  # noqa: SLF001 - as Django documents it


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - as above


@cache
def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)  # noqa: SLF001 - as above
    if not isinstance(field, Field):
        raise TypeError(f"{name} is not a column of {model.__name__}")
    return field


def _converter(field: "Field[Any, Any]") -> Convert | None:
    if isinstance(field, JSONField):
        return json.loads
    if isinstance(field, DateTimeField):
        return _moment if _keeps_moments_as_text() else None
    return bool if isinstance(field, BooleanField) else None


def _moment(stored: datetime) -> datetime:
    """SQLite keeps moments in UTC without saying so."""
    return stored.replace(tzinfo=UTC)


@cache
def _written(model: type[Model], names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Convert | None, ...]]:
    """This function will give the columns of the fields, and how a value of each is written; None: as it is."""
    fields = [_field(model, name) for name in names]
    return tuple(f'"{field.column}"' for field in fields), tuple(_writer(field) for field in fields)


def _writer(field: "Field[Any, Any]") -> Convert | None:
    if isinstance(field, JSONField):
        return json.dumps
    return _parameter if isinstance(field, DateTimeField) and _keeps_moments_as_text() else None


def _stored(converters: Sequence[Convert | None], values: Iterable[object]) -> list[Any]:
    return [value if convert is None else convert(value) for convert, value in zip(converters, values, strict=True)]


def _parameter(value: object) -> Any:
    if isinstance(value, datetime) and _keeps_moments_as_text():
        return connection.ops.adapt_datetimefield_value(value)
    return value


@cache
def _keeps_moments_as_text() -> bool:
    """Asked once: which database it is does not change, and Django looks it up in the thread each time."""
    return connection.vendor == "sqlite"
