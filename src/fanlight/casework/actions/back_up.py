"""The log of backups: that one was made, of what, and how much was in it."""

from datetime import datetime

from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.models import Staff


def log_backup(*, of: str, rows: int, by: Staff | None, now: datetime) -> None:
    """This function will log that a backup of the record or of the key store was made and read back."""
    add_row("back_up", "done", {"of": of, "rows": rows}, by=by, now=now)
