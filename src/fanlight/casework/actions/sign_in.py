"""The log of signing in and out; who somebody is is settled before."""

from datetime import datetime

from fanlight.casework import sql
from fanlight.casework.actions.logged import log_row
from fanlight.casework.models import Log, Staff


def log_sign_in(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed in."""
    sql.insert(Log, [log_row("sign_in", "done", None, {}, by=by, now=now)])


def log_failed_sign_in(*, now: datetime) -> None:
    """This function will log that a sign-in failed; not for whom, since it may be nobody of ours."""
    sql.insert(Log, [log_row("sign_in", "refused", None, {}, by=None, now=now)])


def log_sign_out(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed out."""
    sql.insert(Log, [log_row("sign_out", "done", None, {}, by=by, now=now)])
