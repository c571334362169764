"""The log of signing in and out, and of what was refused; who somebody is is settled before."""

from datetime import datetime

from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.models import Staff


def log_sign_in(*, by: Staff, how: str = "password", now: datetime) -> None:
    """This function will log that somebody signed in, and how."""
    add_row("sign_in", "done", {"how": how}, by=by, now=now)


def log_failed_sign_in(*, because: str = "password", by: Staff | None = None, now: datetime) -> None:
    """This function will log that a sign-in was refused: at which step, and for whom where it is somebody of ours."""
    add_row("sign_in", "refused", {"because": because}, by=by, now=now)


def log_lock_out(*, by: Staff | None, now: datetime) -> None:
    """This function will log that an account was locked for an address, by the attempt that was one too many."""
    add_row("lock_out", "refused", {}, by=by, now=now)


def log_session_over(*, by: Staff, why: str, now: datetime) -> None:
    """This function will log that somebody was signed out because the session had lasted long enough."""
    add_row("session_over", "done", {"because": why}, by=by, now=now)


def log_confirmed(*, by: Staff, how: str, now: datetime) -> None:
    """This function will log that somebody who is signed in has shown again that it is them."""
    add_row("confirm", "done", {"how": how}, by=by, now=now)


def log_sign_out(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed out."""
    add_row("sign_out", "done", {}, by=by, now=now)
