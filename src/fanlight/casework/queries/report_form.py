"""What the *Report it* form needs: the words of the report, and the landlord's areas and patches."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import FieldLine


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The fields of a report, the facts most worth asking at once, and area → its patches."""

    fields: tuple[FieldLine, ...]
    facts: tuple[FieldLine, ...]
    areas: tuple[tuple[str, tuple[str, ...]], ...]


def report_form(viewer: Staff, *, now: datetime) -> ReportForm:
    """This function will give what the form asks; everybody on staff may report."""
