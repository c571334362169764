"""The log of the server: when, which kind of fault, where in the source, and ids; never what was typed, asked for or named.

What a library writes of its own accord is not let through: a message may hold an address, a name or a whole form, and so may
the text of an exception. A line says where it was written, and that is enough to find the fault.
"""

import logging
import re
import time
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
DEEPEST = 12
"""How many frames of a fault are told, the innermost first."""

OURS = "fanlight."
SERVER = "gunicorn."

_PLACE = re.compile(r".*(?:site-packages|src|lib/python[\d.]+)/")


class IdsOnly(logging.Formatter):
    """Writes one line for a record: nothing in it comes from a request, but ids and numbers."""

    converter = time.gmtime  # type: ignore[assignment]  # the stubs know only of a call with a moment, which is how it is called

    def format(self, record: logging.LogRecord) -> str:
        """This function will write the line."""
        words = [self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"), f"[{record.process}]", record.levelname, record.name]
        words.extend(f"{name}={value}" for name, value in ids_of(record))
        words.append(said_by(record) or f"at {_place(record.pathname)}:{record.lineno}")
        if record.exc_info and record.exc_info[1] is not None:
            words.extend(faults_of(record.exc_info[1]))
        return " ".join(" ".join(words).split())


def ids_of(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    """This function will give what may be told of the request: the number of the fault, the page's name, who by number."""
    request = getattr(record, "request", None)
    if fault := getattr(request, "fault", ""):
        yield "fault", fault
    if isinstance(status := getattr(record, "status_code", None), int):
        yield "status", status
    if isinstance(method := getattr(request, "method", None), str):
        yield "method", method if method in METHODS else "other"
    if page := getattr(getattr(request, "resolver_match", None), "view_name", ""):
        yield "page", page
    # Only who is known already: a line of the log asks the database nothing.
    staff = getattr(getattr(request, "_cached_user", None), "pk", None)
    if isinstance(staff, int):
        yield "staff", staff


def said_by(record: logging.LogRecord) -> str:
    """This function will give the words of a record where they are our own, or the server's about itself; else nothing."""
    if record.name.startswith(OURS):
        return record.getMessage() if _only_numbers(record.args) else str(record.msg)
    if record.name.startswith(SERVER):
        if record.levelno == logging.INFO or (record.args and _only_numbers(record.args)):
            return record.getMessage()
    return ""


def _only_numbers(values: Any) -> bool:
    return all(isinstance(value, int | float) for value in (values or ()))


def faults_of(error: BaseException | None) -> Iterator[str]:
    """This function will give the kind of an exception and of those behind it, each with its frames, and no text of theirs."""
    behind = ""
    while error is not None:
        yield f"{behind}{type(error).__module__}.{type(error).__qualname__}"
        yield from _frames(error.__traceback__)
        behind = "behind it: "
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(where: TracebackType | None) -> Iterator[str]:
    for frame in reversed(traceback.extract_tb(where)[-DEEPEST:]):
        yield f"in {_place(frame.filename)}:{frame.lineno} {frame.name}"


def _place(file: str) -> str:
    return _PLACE.sub("", file)
