"""The log of who looked: each view of a case, and each page refused."""

from datetime import datetime
from typing import Literal

from fanlight.casework import sql
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.models import Staff

How = Literal["view", "print", "export", "download"]
"""How somebody came to see it: what leaves the screen is told apart in the log."""


def log_view(*, reference: str, page: str, how: How = "view", by: Staff, now: datetime) -> None:
    """This function will log that somebody looked at a page of a case; `page` is its name ("case", "entry form").

    For a case that is not of their landlord, or is none, the row names no case: they were shown nothing.
    """
    _log(reference, page, how, "done", by, now)


def log_view_of_register(*, page: str, by: Staff, now: datetime, **which: int) -> None:
    """This function will log that somebody looked at a page of the register: of which home, or of which person, by its number."""
    add_row("view", "done", {"page": page, **which}, by=by, now=now)


def log_view_refused(*, reference: str, page: str, by: Staff, now: datetime) -> None:
    """This function will log that somebody asked for a page, of a case or of anything else, and was shown nothing."""
    _log(reference, page, "view", "refused", by, now)


def _log(reference: str, page: str, how: How, outcome: str, by: Staff, now: datetime) -> None:
    which = "from casework_case matter where matter.landlord_id = %s and matter.reference = %s"
    case = sql.Read(which, [by.landlord_id, reference], also=("matter.id",))
    add_row(how, outcome, {"page": page}, case=case, by=by, now=now)
