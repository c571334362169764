"""The one write path: may this person, does the policy permit it, append, project, log."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fanlight.casework.models import Case, Staff

NOTHING: Mapping[str, object] = {}


def record_entry(
    *,
    case: Case,
    kind: str,
    fields: Mapping[str, object] = NOTHING,
    facts: Mapping[str, object] = NOTHING,
    note: str = "",
    of_sequence: int | None = None,
    at: datetime | None = None,
    to_staff: Staff | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will append an entry to the record of a case, and give its sequence.

    `at` is when it was learned or done (None: now). `overrides` are (gate, reason). `expected_sequence` is
    the last entry that the writer had seen. `duty` is the key of the duty that it was written for, for the log.
    Values are yes or no as bool, numbers, words, sets of words, aware moments; None says nothing.
    Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
