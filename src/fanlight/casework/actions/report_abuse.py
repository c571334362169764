"""Somebody on staff tells the landlord: a case is opened at once, in status new, so that its duties run."""

from collections.abc import Mapping
from datetime import datetime

from fanlight.casework.models import Case, Staff


def report_abuse(
    *,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
    note: str = "",
    at: datetime | None = None,
    by: Staff,
    now: datetime,
) -> Case:
    """This function will open a case with the report as its first entry, and give the case.

    `fields` are those of a report (source, channel, in_confidence), `facts` what is known (about,
    immediate_danger, …), `note` what was said. Everybody on staff may. Raises Faulty, Refused.
    """
