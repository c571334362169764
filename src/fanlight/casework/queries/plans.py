"""What the people at risk in a case want, and what was planned with them: the pages of wishes and plans."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import sql
from fanlight.casework.access import find_case
from fanlight.casework.models import Staff
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.lines import PartLine, WishLine
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.wishes import every_wish, wishes_of_case


@dataclass(frozen=True, slots=True)
class WishesOfOne:
    """Somebody at risk, with what they said they wanted before their last word took its place, newest first."""

    person: PartLine
    before: tuple[WishLine, ...]


@dataclass(frozen=True, slots=True)
class WishesPage:
    """What the people at risk in a case want; `may_write` is whether the viewer may write down more."""

    reference: str
    at_risk: tuple[PartLine, ...]
    each: tuple[WishesOfOne, ...]
    may_write: bool
    last_sequence: int


def wishes_page(viewer: Staff, reference: str, *, now: datetime) -> WishesPage:
    """This function will give all that the people at risk in a case said they want. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    at_risk = tuple(person for person in part_lines(case, now) if person.part == "person_at_risk")
    every = every_wish(case, *sql.select_together(wishes_of_case(case)))
    return WishesPage(
        reference=case.reference,
        at_risk=at_risk,
        each=tuple(WishesOfOne(person, every.get(person.id, ())[1:]) for person in at_risk),
        may_write="wishes" in may_in(case, standing).record,
        last_sequence=case.last_sequence,
    )
