"""What the *Report it* form needs: the words of the report, and the landlord's areas and patches."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import demand
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import FieldLine
from fanlight.casework.queries.words import field_line
from fanlight.policy.vocabulary import ENTRY_KINDS


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The fields of a report, the facts most worth asking at once, and area → its patches."""

    fields: tuple[FieldLine, ...]
    facts: tuple[FieldLine, ...]
    areas: tuple[tuple[str, tuple[str, ...]], ...]


ASKED_AT_ONCE = ("about", "immediate_danger", "children", "safe_at_home", "fleeing", "damage", "area", "patch")


def report_form(viewer: Staff, *, now: datetime) -> ReportForm:
    """This function will give what the form asks; everybody on staff may report."""
    demand(viewer, "report:make")
    landlord = viewer.landlord_id
    facts = rulings.vocabulary_of(landlord).facts
    return ReportForm(
        fields=tuple(field_line(landlord, term) for term in ENTRY_KINDS["report"].fields.values()),
        facts=tuple(field_line(landlord, facts[name], is_fact=True) for name in ASKED_AT_ONCE),
        areas=tuple(settings_of(landlord).areas.items()),
    )
