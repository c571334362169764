"""Whether an error is for want of the database or of room: what a page says then is a sentence, not a fault of ours."""

import errno
from collections.abc import Iterator
from typing import Literal

from django.db import InterfaceError, InternalError, OperationalError

_FULL_ON_POSTGRESQL = "53100"
_FULL_ON_SQLITE = "SQLITE_FULL"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def why_unavailable(error: BaseException | None) -> Literal["full", "away", ""]:
    """This function will say what an error is for want of: room (`full`), the database (`away`), or neither."""
    raised = list(_causes(error))
    if any(_is_full(one) for one in raised):
        return "full"
    return "away" if any(isinstance(one, OperationalError | InterfaceError | InternalError) for one in raised) else ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """This function will give what was raised, and what that was raised from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    """This function will say whether an error is for want of room: of the file system, of SQLite or of PostgreSQL."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return (
        getattr(error, "sqlstate", None) == _FULL_ON_POSTGRESQL
        or getattr(error, "sqlite_errorname", None) == _FULL_ON_SQLITE
    )
