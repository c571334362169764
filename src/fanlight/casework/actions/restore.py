"""What follows a restore: keys that were destroyed are destroyed again, nobody is signed in, and the log says so."""

from datetime import datetime
from importlib import import_module

from django.conf import settings

from fanlight.casework import keys
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.keystore.models import DataKey
from fanlight.casework.models import Log, SentForm, Staff

DESTROYED = "keys_destroyed"
"""In a row of the log: whose keys were destroyed by what it tells of, each as "case 12" or "person 7"."""


def destroy_again(*, now: datetime) -> int:
    """This function will destroy every key that the log says was destroyed, and say how many a restore had brought back."""
    named = {name for row in Log.objects.filter(detail__has_key=DESTROYED) for name in row.detail[DESTROYED]}
    again = 0
    for name in sorted(named):
        kind, _, subject = name.partition(" ")
        known = DataKey.objects.filter(kind=kind, subject=subject)
        if known.exclude(destroyed_at=None).exists():
            continue
        again += known.exists()
        keys.destroy(keys.Subject(kind, subject), now)
    return again


def end_everything_begun() -> None:
    """This function will end every session and forget every form sent: what was current then is not current now."""
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
    SentForm.objects.all().delete()


def log_restore(*, of: str, rows: int, destroyed_again: int, made_at: str, by: Staff | None, now: datetime) -> None:
    """This function will log that the record or the key store was restored from a backup, and when that was made."""
    detail = {"of": of, "rows": rows, "destroyed_again": destroyed_again, "made_at": made_at}
    add_row("restore", "done", detail, by=by, now=now)
