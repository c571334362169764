"""The landlord's policy, clause by clause: what each asks, and which rows carry it."""

from dataclasses import dataclass
from datetime import date, datetime

from fanlight.casework.models import Staff


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A row of the policy. `table` is duty, gate, option, advice or elsewhere; `says` is what it says, in our words."""

    id: str
    table: str
    clause: str
    says: str
    who: tuple[str, ...]
    within: str
    force: str
    reading: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A thing that the landlord's document asks, in our words, and the rows that carry it."""

    id: str
    clause: str
    text: str
    rows: tuple[PolicyRow, ...]


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A clause: its requirements, and the rows of the clause that carry no requirement of it."""

    clause: str
    requirements: tuple[Requirement, ...]
    other_rows: tuple[PolicyRow, ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The version in force, clause by clause, in the order of the requirements."""

    title: str
    version: str
    in_force_from: date
    review_by: date | None
    clauses: tuple[PolicyClause, ...]


def policy_page(viewer: Staff, *, now: datetime) -> PolicyPage:
    """This function will give the policy of the viewer's landlord that is in force at `now`."""
