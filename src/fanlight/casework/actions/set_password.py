"""Sets a password: with a code that somebody was given, or in place of the one that they have."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from fanlight.casework.actions.end_sessions import end_others
from fanlight.casework.actions.give_code import digest_of
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import OneTimeCode, Staff

WRONG_CODE = "The code is not right, or it has been used or is too old. Ask for a new one."


def whose_code(code: str, now: datetime) -> Staff | None:
    """This function will say whose a code is, while it may be used."""
    found = OneTimeCode.objects.filter(digest=digest_of(code), used_at=None, until__gt=now, staff__is_active=True)
    kept = found.select_related("staff").first()
    return kept.staff if kept else None


def set_password(*, by: Staff, password: str, code: str = "", keep: str = "", now: datetime) -> None:
    """This function will set somebody's password, and end all their sessions but the one to `keep`.

    With a `code`, it is used up by that. Raises Faulty.
    """
    with logged("set_password", by=by, now=now) as row:
        row.detail["with"] = "code" if code else "password"
        if code and not OneTimeCode.objects.filter(
            staff=by, digest=digest_of(code), used_at=None, until__gt=now
        ).update(used_at=now):
            raise Faulty({"code": (WRONG_CODE,)})
        try:
            validate_password(password, by)
        except ValidationError as weak:
            raise Faulty({"password": tuple(weak.messages)}) from weak
        by.set_password(password)
        by.save(update_fields=["password"])
        row.detail["ended"] = end_others(by, keep)
