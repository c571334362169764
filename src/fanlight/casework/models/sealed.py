"""Texts that stand in the database sealed: read and written like any other attribute of a row."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from fanlight.casework import keys
from fanlight.casework.keys import Place, Subject


def new_mark() -> str:
    """This function will give the mark of a new row, by which what is sealed in it is tied to it before it has an id."""
    return uuid4().hex


def of_case(row: Any) -> Subject:
    """This function will say that what a row holds is sealed under the key of its case."""
    return Subject("case", str(row.case_id))


def of_staff(row: Any) -> Subject:
    """This function will say that what a row holds is sealed under the key of somebody who works here: themselves."""
    return Subject("staff", row.mark)


def sealed_text(
    column: str,
    subject: Callable[[Any], Subject],
    indexed: Mapping[str, str] | None = None,
    within: Callable[[Any], str] = lambda row: "",
) -> Any:
    """This function will make an attribute whose text stands sealed in a column, tied to the row's table, mark and column.

    `indexed` is kind of blind index → column, brought up to date whenever the text is set; `within` says
    within what the index holds. An empty text is stored as nothing. Reading raises keys.Unreadable.
    """

    def place(row: Any) -> Place:
        return Place(row._meta.db_table, row.mark, column)  # noqa: SLF001 - as Django documents it

    def read(row: Any) -> str:
        sealed = getattr(row, column)
        return keys.unseal(subject(row), place(row), bytes(sealed)) if sealed else ""

    def write(row: Any, text: str) -> None:
        setattr(row, column, keys.seal(subject(row), place(row), text) if text else b"")
        for kind, index in (indexed or {}).items():
            setattr(row, index, keys.blind(kind, text, within=within(row)))

    return property(read, write)
