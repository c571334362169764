"""The form for one kind of entry, made from the vocabulary, with what is usual for the duty filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import AdviceLine, CaseLine, DutyLine, FieldLine, RefusalLine
from fanlight.policy.vocabulary import EntryKind


@dataclass(frozen=True, slots=True)
class OfCandidate:
    """An entry that this one might answer: its sequence, and its title, day and recipient in words."""

    sequence: int
    title: str


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What the form asks.

    `fields` are the kind's own, `facts` those that it usually states, `more_facts` every other fact that it
    may state. `of` is the sequence filled in, where the duty says which entry is answered.
    """

    case: CaseLine
    kind: EntryKind
    fields: tuple[FieldLine, ...]
    facts: tuple[FieldLine, ...]
    more_facts: tuple[FieldLine, ...]
    of_candidates: tuple[OfCandidate, ...]
    of: int | None
    of_required: bool
    duty: DutyLine | None
    advice: tuple[AdviceLine, ...]
    last_sequence: int


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of entry that the viewer may record: `for_duties` are the open duties that it usually meets."""

    kind: str
    title: str
    said_when: str
    for_duties: tuple[DutyLine, ...]


def entry_form(viewer: Staff, reference: str, kind: str, *, duty: str = "", now: datetime) -> EntryForm:
    """This function will give the form for a kind; Refused for a kind that the viewer may not record."""


def kinds_to_record(viewer: Staff, reference: str, *, now: datetime) -> tuple[KindLine, ...]:
    """This function will list the kinds that the viewer may record in this case, those for open duties first."""


def in_the_way(
    viewer: Staff,
    reference: str,
    *,
    kind: str,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
    of_sequence: int | None = None,
    at: datetime | None = None,
    now: datetime,
) -> tuple[RefusalLine, ...]:
    """This function will give the gates that would refuse the entry, without recording anything."""
