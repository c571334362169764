"""The log of the log: whoever looks at who looked is in it too."""

from datetime import datetime

from fanlight.casework import sql
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.models import Staff


def see_log(*, page: str, of: int | None = None, reference: str = "", by: Staff, now: datetime) -> None:
    """This function will log that somebody looked at a page of the log: of a case, or `of` a colleague, or of everybody."""
    which = "from casework_case matter where matter.landlord_id = %s and matter.reference = %s"
    case = sql.Read(which, [by.landlord_id, reference], also=("matter.id",))
    add_row("see_log", "done", {"page": page} | ({"of": of} if of else {}), case=case, by=by, now=now)
