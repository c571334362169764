"""The log of signing in and out; who somebody is is settled before."""

from datetime import datetime

from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.models import Staff


def log_sign_in(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed in."""
    add_row("sign_in", "done", {}, by=by, now=now)


def log_failed_sign_in(*, now: datetime) -> None:
    """This function will log that a sign-in failed; not for whom, since it may be nobody of ours."""
    add_row("sign_in", "refused", {}, by=None, now=now)


def log_sign_out(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed out."""
    add_row("sign_out", "done", {}, by=by, now=now)
