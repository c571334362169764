"""The log of signing in and out; who somebody is is settled before."""

from datetime import datetime

from fanlight.casework.models import Log, Staff


def log_sign_in(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed in."""
    Log.objects.create(landlord_id=by.landlord_id, at=now, staff=by, what="sign_in")


def log_failed_sign_in(*, now: datetime) -> None:
    """This function will log that a sign-in failed; not for whom, since it may be nobody of ours."""
    Log.objects.create(at=now, what="sign_in", outcome="refused")


def log_sign_out(*, by: Staff, now: datetime) -> None:
    """This function will log that somebody signed out."""
    Log.objects.create(landlord_id=by.landlord_id, at=now, staff=by, what="sign_out")
