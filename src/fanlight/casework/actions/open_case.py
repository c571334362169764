"""Triage opens the case that a report began."""

from collections.abc import Mapping
from datetime import datetime

from fanlight.casework.actions.record_entry import NOTHING
from fanlight.casework.models import Case, Staff


def open_case(
    *,
    case: Case,
    outcome: str,
    lead: Staff | None = None,
    role: str = "",
    female: bool | None = None,
    facts: Mapping[str, object] = NOTHING,
    note: str = "",
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """This function will triage a report as a case, and give it to `lead` in `role` where one is named.

    `outcome` is safeguarding_contact, target_hardening or asb_case; `facts` are those that triage learned
    (area, patch, …). Raises NotFound, Refused, Faulty, Stopped, Conflict.
    """
