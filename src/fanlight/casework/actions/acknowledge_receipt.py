"""The receiver of a hand-over says that it has arrived."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def acknowledge_receipt(*, case: Case, sequence: int, confirmed_by: str = "", note: str = "", at: datetime | None = None, by: Staff, now: datetime) -> None:
    """This function will record the receipt of the referral at `sequence`.

    A hand-over that names a colleague is acknowledged by them alone; that of the case itself makes them
    its lead. For a service outside, whoever may write in the case records who confirmed it.
    """
