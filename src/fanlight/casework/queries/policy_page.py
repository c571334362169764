"""The landlord's policy, clause by clause: what each asks, and which rows carry it."""

from dataclasses import dataclass
from datetime import date, datetime

from fanlight.casework import rulings
from fanlight.casework.access import demand
from fanlight.casework.models import Staff
from fanlight.casework.queries.words import role_titles
from fanlight.casework.rulings import AdviceRow, DutyRow, ElsewhereRow, GateRow, OptionRow, Row


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
    demand(viewer, "policy:see")
    landlord = viewer.landlord_id
    policy = rulings.policy_in_force(landlord, now)
    rows = [_row(landlord, row) for row in policy.rows]
    required = rulings.requirements_of(landlord)
    known = {requirement.id for requirement in required}
    clauses: dict[str, tuple[list[Requirement], list[PolicyRow]]] = {}
    for asked in required:
        carrying = tuple(row for row in rows if asked.id in row.answers)
        clauses.setdefault(asked.clause, ([], []))[0].append(Requirement(asked.id, asked.clause, asked.asks, carrying))
    for row in rows:
        if not known.intersection(row.answers):
            clauses.setdefault(row.clause, ([], []))[1].append(row)
    return PolicyPage(
        title=policy.title,
        version=policy.version,
        in_force_from=policy.in_force_from,
        review_by=policy.review_by,
        clauses=tuple(PolicyClause(clause, tuple(asks), tuple(others)) for clause, (asks, others) in clauses.items()),
    )


def _row(landlord: str, row: Row) -> PolicyRow:
    who: tuple[str, ...] = ()
    within = force = ""
    match row:
        case DutyRow():
            table, says, force = "duty", row.must, row.force
            who, within = role_titles(landlord, row.roles), row.within.text if row.within else ""
        case GateRow():
            table, says = "gate", row.refuse
        case OptionRow():
            table, says = "option", row.title
        case AdviceRow():
            table, says = "advice", row.say
        case ElsewhereRow():
            table, says = "elsewhere", row.where
        case _:
            table, says = "", ""
    return PolicyRow(row.id, table, row.clause, says, who, within, force, row.reading, row.answers)
