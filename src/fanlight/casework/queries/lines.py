"""Values that several pages show: a duty, a case in a list, an entry of the story, a person."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from fanlight.casework.landlords import Service
from fanlight.casework.models.contact import Terms
from fanlight.policy.vocabulary import Term

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: its items, which page it is, how many pages and items there are in all."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff in a list to choose from: `roles` are the titles, `role_ids` the ids of the roles held."""

    id: int
    name: str
    roles: tuple[str, ...]
    role_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list. `next_is` is `triage`, `duty`, `look_again`, or empty when the case is closed."""

    reference: str
    status: str
    lead: str
    area: str
    patch: str
    about: str
    grade: str
    danger: bool
    opened_at: datetime | None
    closed_at: datetime | None
    next_at: datetime | None
    next_is: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty, with its clause, deadline and reason.

    `key` names it within its case (`contact.e1`) and is what an entry form is asked for with.
    `who` are titles of roles; `within` is the policy's own period ("2 working days"), empty where it
    states none; `because` is in words; `does` is the kind of entry that usually meets it,
    empty where the viewer may record none that does. Where the viewer does it by acknowledging a referral,
    `receives` is its sequence. `own_time`: it is due at the time that the person themselves asked for, and not to be done before.
    """

    key: str
    row: str
    version: str
    clause: str
    reading: str
    must: str
    force: str
    who: tuple[str, ...]
    since: datetime
    within: str
    due: datetime | None
    state: str
    met_at: datetime | None
    started_by: int | None
    because: tuple[str, ...]
    does: str
    receives: int | None = None
    own_time: bool = False


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A duty on somebody's list, with the case that it belongs to."""

    duty: DutyLine
    case: CaseLine


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that an entry gives: the word, the question, and the answer in words."""

    name: str
    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """An entry of the story.

    `at` is when it was learned or done, `recorded_at` when it was written down; `typed_late` is true
    when the two are on different days or over an hour apart. `struck_by` is the sequence of the entry
    that struck it out, if any. `reached` says how somebody was reached, and what of it went past the gate.
    """

    sequence: int
    kind: str
    title: str
    at: datetime
    recorded_at: datetime
    typed_late: bool
    by: str
    by_id: int
    of_sequence: int | None
    said: tuple[Said, ...]
    note: str
    to_staff: str
    struck_by: int | None
    reached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WayLine:
    """A way of reaching somebody, as it stands now.

    `key` names it in a form; `id` is that of its row, where it has one. `standing` is safe, unsafe or not_known, and
    `is_stale` where it was safe and nobody has confirmed it for too long. `terms` are lines: when, whom to ask for, the words.
    `source` is the case, what was `noted` in it before, or the `register` of the housing system. `said` are the terms one by one.
    """

    key: str
    id: int | None
    kind: str
    title: str
    value: str
    standing: str
    standing_title: str
    is_stale: bool = False
    terms: tuple[str, ...] = ()
    note: str = ""
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    at: datetime | None = None
    by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    source: str = "case"
    said: Terms | None = None


@dataclass(frozen=True, slots=True)
class PartElsewhere:
    """Somebody's part in another case. `is_opposite`: at risk in the one, causing harm in the other."""

    reference: str
    part: str
    part_title: str
    is_opposite: bool


@dataclass(frozen=True, slots=True)
class WishLine:
    """What somebody wants, in their own words: when they said it, and who wrote it down, by the entry of the record that holds it."""

    sequence: int
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """A person in a case: `part` is the word, `part_title` what this landlord's staff call it."""

    id: int
    name: str
    part: str
    part_title: str
    safe_contact: str
    phone: str
    works_here: bool
    ways: tuple[WayLine, ...] = ()
    elsewhere: tuple[PartElsewhere, ...] = ()
    """Where they are at risk or cause harm in other cases that the viewer may see, of somebody who is either here."""
    wants: WishLine | None = None
    """What they want, as they last said it."""


@dataclass(frozen=True, slots=True)
class WaitsLine:
    """What waits in a case because of how the person at risk was tried: attempts without an answer, a welfare check, a contact
    past the safe-contact gate that nobody has looked at."""

    unanswered: int
    welfare_since: datetime | None
    past_the_gate_since: datetime | None


@dataclass(frozen=True, slots=True)
class Decides:
    """A row of the policy that waits for a question: its table, clause, and what it says."""

    row: str
    table: str
    clause: str
    says: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question that nobody has answered yet; `choices` are (word, title) where the list is closed."""

    fact: str
    ask: str
    term: Term
    choices: tuple[tuple[str, str], ...]
    decides: tuple[Decides, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that an option offers.

    `kind` is an entry kind to record, `service` a service kind to hand over to; both are empty for plain
    words. `services` are those of the kind in the landlord's directory that work in the case's area.
    """

    title: str
    kind: str
    service: str = ""
    services: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option of the policy that is open in this case."""

    row: str
    clause: str
    reading: str
    title: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """Advice of the policy for this moment."""

    row: str
    clause: str
    reading: str
    say: str


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A gate that stands in the way of an entry.

    `override` is `none`, `emergency` or a role; `override_title` says who may set it aside;
    `may_override` is true when the viewer may.
    """

    gate: str
    clause: str
    reading: str
    refuse: str
    override: str
    override_title: str
    may_override: bool


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A hand-over that nobody has acknowledged yet.

    `for_me` is true when it names the viewer, `may_receive` where the viewer may say that it has arrived.
    """

    reference: str
    sequence: int
    to: str
    to_title: str
    to_staff: str
    sent_by: str
    sent_at: datetime
    waiting: timedelta
    for_me: bool
    may_receive: bool


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field or fact of a form: its term, its choices where the list is closed, and what is usual for the duty.

    `is_fact` is true where the answer goes into `facts` of `record_entry`, false where it goes into `fields`.
    `meets` are the words of the list that would meet the duty, where there are several.
    """

    term: Term
    choices: tuple[tuple[str, str], ...] | None
    suggested: tuple[tuple[str, str], ...]
    value: object = None
    is_fact: bool = False
    meets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do with a case as it now stands: what the buttons are shown by."""

    write: bool = False
    assign: bool = False
    hand_over: bool = False
    close: bool = False
    reopen: bool = False
    strike: bool = False
    triage: bool = False
    add_part: bool = False
    set_aside: bool = False
    record: frozenset[str] = field(default_factory=frozenset)
