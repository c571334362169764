"""Names a person in their part in a case."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def add_part(
    *, case: Case, name: str, part: str, safe_contact: str = "", phone: str = "", staff_email: str = "", by: Staff, now: datetime
) -> int:
    """This function will add a person to a case, and give the id of the row.

    `staff_email` is given where the person works here: from then on they see nothing of the case.
    """
