"""The landlord's policy, clause by clause: what each asks, and which rows carry it."""

from dataclasses import dataclass
from datetime import date, datetime

from fanlight.casework import rulings
from fanlight.casework.access import demand
from fanlight.casework.models import Staff
from fanlight.casework.rulings import Asked, RowOnPage


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A clause of the document: each requirement of it, with the rows that carry it."""

    clause: str
    asks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The version in force, clause by clause, in the order of the requirements; `other_rows` answer none of them."""

    title: str
    version: str
    in_force_from: date
    review_by: date | None
    review_is_past: bool
    clauses: tuple[PolicyClause, ...]
    other_rows: tuple[RowOnPage, ...]


def policy_page(viewer: Staff, *, now: datetime) -> PolicyPage:
    """This function will give the policy of the viewer's landlord that is in force at `now`."""
    demand(viewer, "policy:see")
    page = rulings.page_of(viewer.landlord_id, now)
    policy = page.policy
    clauses: dict[str, list[Asked]] = {}
    for asked in page.asked:
        clauses.setdefault(asked.requirement.clause, []).append(asked)
    return PolicyPage(
        title=policy.title,
        version=policy.version,
        in_force_from=policy.in_force_from,
        review_by=policy.review_by,
        review_is_past=policy.review_by is not None and policy.review_by < now.date(),
        clauses=tuple(PolicyClause(clause, tuple(asks)) for clause, asks in clauses.items()),
        other_rows=page.other_rows,
    )
