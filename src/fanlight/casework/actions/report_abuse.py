"""Somebody on staff tells the landlord: a case is opened at once, in status new, so that its duties run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Case, Staff


@dataclass(frozen=True, slots=True)
class NewPart:
    """Somebody whom a report names. `staff_id` is given where they work here: they see nothing of the case."""

    name: str
    part: str
    phone: str = ""
    safe_contact: str = ""
    staff_id: int | None = None


def report_abuse(
    *,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
    note: str = "",
    people: Sequence[NewPart] = (),
    at: datetime | None = None,
    by: Staff,
    now: datetime,
) -> Case:
    """This function will open a case with the report as its first entry, and give the case.

    `fields` are those of a report (source, channel, in_confidence), `facts` what is known (about,
    immediate_danger, …), `note` what was said, `people` those whom the reporter could name: the maker of a
    report may name them in it, without a right to write in cases. A part without a name, of somebody who
    works here, takes their name. Everybody on staff may. Raises Faulty, Refused.
    """
