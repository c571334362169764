"""What may be sent to the API, and what comes back beside what the queries give. What is not named here is refused."""

import re
from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

from fanlight.casework.queries.find_people import FoundPerson
from fanlight.casework.queries.lines import RefusalLine, StoryLine

LONGEST_LINE = 300
LONGEST_TEXT = 100_000
LARGEST_NUMBER = 2**31 - 1


def _only_text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("Write a moment as text, such as 2026-11-24T12:00:00+00:00")
    return value


def _only_a_day(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("Write a day as text, such as 2026-11-24")
    return value


Line = Annotated[StrictStr, Field(max_length=LONGEST_LINE)]
Text = Annotated[StrictStr, Field(max_length=LONGEST_TEXT)]
Day = Annotated[date, BeforeValidator(_only_a_day)]
Moment = Annotated[datetime, BeforeValidator(_only_text)]
Number = Annotated[StrictInt, Field(ge=1, le=LARGEST_NUMBER)]
Name = Annotated[StrictStr, Field(max_length=80)]
Word = Annotated[StrictStr, Field(max_length=80, pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[StrictStr, Field(max_length=120, pattern=r"^[a-z0-9.-]*$")]
Answer = StrictBool | StrictInt | StrictFloat | Text | Annotated[list[Line], Field(max_length=100)] | None
Answers = Annotated[dict[Word, Answer], Field(max_length=200)]


class Body(Schema):
    """What is sent: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class Override(Body):
    """A gate of the policy that is set aside for this entry alone, and why."""

    gate: Name
    reason: Text


class Seen(Body):
    """What the writer had seen: `last_sequence` of the case as they read it. Where more was written since, nothing is saved."""

    expected_sequence: Annotated[StrictInt, Field(ge=0, le=LARGEST_NUMBER)]


class SettingAside(Body):
    """What gates of the policy may stand before: they may be set aside, each with a reason."""

    overrides: Annotated[list[Override], Field(max_length=20)] = []

    @property
    def set_aside(self) -> list[tuple[str, str]]:
        """The overrides as the actions take them: gate and reason."""
        return [(one.gate, one.reason) for one in self.overrides]


class Overriding(SettingAside, Seen):
    """A write for which gates of the policy may be set aside, each with a reason."""


class PersonBody(Body):
    """Somebody in a case; `staff` is the number of a colleague who works here, and who then sees nothing of the case.

    Where somebody like that is known whom one may see: `same_as`, the number of whom `/find` gave and who it is, or `not_them`, why
    it is nobody of them.
    """

    part: Name
    name: Line = ""
    phone: Line = ""
    safe_contact: Text = ""
    staff: Number | None = None
    same_as: Number | None = None
    not_them: Text = ""


class NamedBody(PersonBody):
    """Somebody who is named in a case, with their date of birth where it is known."""

    born: Day | None = None


class FindBody(Body):
    """Somebody to find, by whatever is known of them, and for what. `reference`: of a tenancy, home (or UPRN), person, case or police log."""

    name: Line = ""
    born: Day | None = None
    phone: Line = ""
    email: Line = ""
    address: Line = ""
    reference: Line = ""
    purpose: Name


class AddressBody(Body):
    """What somebody means to do, and at which address: by its UPRN, a reference of the housing system, or its first line and postcode."""

    purpose: Name
    uprn: Line = ""
    tenancy: Line = ""
    home: Line = ""
    line: Line = ""
    postcode: Line = ""


class ReportBody(Body):
    """A report: what it was told by (`fields`), what is known (`facts`), what was said, and whom it names."""

    fields: Answers = {}
    facts: Answers = {}
    note: Text = ""
    people: Annotated[list[PersonBody], Field(max_length=20)] = []
    at: Moment | None = None


class CallBody(Body):
    """Which service 999 was called for."""

    service: Name = "police"


class OpenBody(Seen):
    """A report that becomes a case; `lead` is the number of whoever takes it, in `role`."""

    outcome: Name
    lead: Number | None = None
    role: Name = ""
    facts: Answers = {}
    note: Text = ""


class JoinBody(Seen):
    """A report that belongs to the case of reference `into`; `known_already` where the case knew of it."""

    into: Line
    known_already: StrictBool = False
    note: Text = ""


class WhoItIsBody(Body):
    """Who somebody of a report is: the number of their part, and of the person whom one may see."""

    part: Number
    same_as: Number


class RedirectBody(Seen):
    """A report that is for another team, or is not domestic abuse."""

    outcome: Name
    to: Name = ""
    reason: Text


class ReachBody(Body):
    """How somebody is reached, or was: `part` is the number of the person in the case, `way` the key of a way on record or
    `value` another number or address. `danger` goes past the gate to prevent harm now, `done` says that it had been done
    before anybody asked; both need a `reason`."""

    means: Name = ""
    part: Number | None = None
    way: Name = ""
    value: Line = ""
    to: Name = "themselves"
    leaves_message: StrictBool = False
    number_shown: StrictBool = False
    interpreter: Name = ""
    two_attend: StrictBool = False
    through: Name = ""
    result: Name = ""
    danger: StrictBool = False
    done: StrictBool = False
    reason: Text = ""


class ReachedBody(Overriding):
    """Somebody was reached, or tried: how, and what came of it (spoke, no_answer, declined)."""

    reach: ReachBody
    result: Name
    safe: StrictBool | None = None
    facts: Answers = {}
    note: Text = ""
    at: Moment | None = None


class TermsBody(Body):
    """On which terms a way may be used; days are mon, tue, …, times are as 09:30."""

    days: Annotated[list[Name], Field(max_length=7)] = []
    since: Name = ""
    until: Name = ""
    ask_for: Line = ""
    words: Line = ""
    not_words: Line = ""
    code_word: Line = ""
    may_leave_message: StrictBool | None = None
    must_not_learn: Line = ""


class WayBody(Body):
    """A way of reaching somebody; safe only where they said so themselves (`told_by_them`)."""

    kind: Name
    value: Line = ""
    standing: Name = "not_known"
    told_by_them: StrictBool = False
    instead_of: Number | None = None
    terms: TermsBody = TermsBody()


class SettleBody(Seen):
    """What was done about what waits: `what` is welfare (with an `outcome`: seen, not_seen, police) or gate."""

    what: Name
    outcome: Name = ""
    note: Text


class EntryBody(Overriding):
    """An entry: its kind, its own fields, what became known, and a note. `at` is when it was learned or done."""

    kind: Name
    fields: Answers = {}
    facts: Answers = {}
    note: Text = ""
    of_sequence: Number | None = None
    at: Moment | None = None
    to_staff: Number | None = None
    duty: Key = ""
    reach: ReachBody | None = None


class AnswersBody(Seen):
    """Answers to questions of the case."""

    facts: Annotated[dict[Word, Answer], Field(min_length=1, max_length=200)]
    note: Text = ""


class StrikeBody(Seen):
    """Why an entry was recorded in error."""

    reason: Text


class AssignBody(Seen):
    """Who takes the case, by number, and in which of their roles.

    A case that somebody leads needs a `note`, and where the policy has one point of contact a `reason`; it stays theirs until it
    is acknowledged, unless it is to change hands `at_once`.
    """

    to: Number
    role: Name
    note: Text = ""
    reason: Text = ""
    at_once: StrictBool = False


class HandOverBody(Overriding):
    """To which service or role something is handed over, and to which colleague where it is one."""

    to: Name
    to_staff: Number | None = None
    note: Text = ""
    reason: Text = ""
    at: Moment | None = None


class ReceiptBody(Body):
    """Who confirmed that it has arrived."""

    confirmed_by: Line = ""
    note: Text = ""
    at: Moment | None = None


class CloseBody(Overriding):
    """Why the case is closed."""

    reason: Text
    outcome: Line = ""


class ReopenBody(Seen):
    """Why the case is opened again."""

    reason: Text


class Paged(Body):
    """Which page of a list."""

    page: Annotated[int, Field(ge=1, le=99_999)] = 1


class DutiesAsked(Paged):
    """Which of my duties."""

    overdue: bool = False
    reference: Annotated[str, Field(max_length=32)] = ""
    row: Annotated[str, Field(max_length=80)] = ""
    force: Annotated[str, Field(max_length=8)] = ""


class TeamAsked(Paged):
    """Which of the team's duties."""

    desk: Annotated[str, Field(max_length=200)] = ""
    overdue: bool = False


class CasesAsked(Paged):
    """Which cases; `lead` is `me`, `nobody` or empty; `reference` may be part of one."""

    status: Annotated[str, Field(max_length=8)] = ""
    reference: Annotated[str, Field(max_length=32)] = ""
    patch: Annotated[str, Field(max_length=80)] = ""
    grade: Annotated[str, Field(max_length=40)] = ""
    lead: Annotated[str, Field(max_length=8)] = ""


class SearchAsked(Body):
    """Cases that a report might belong to: part of a reference."""

    search: Annotated[str, Field(max_length=32)] = ""


class Reference(Schema):
    """The case that was written in."""

    reference: str


class Redirected(Schema):
    """The report that was sent on; `referral` is the number of the draft by which it goes, where that is to a service outside."""

    reference: str
    referral: int | None


class Given(Schema):
    """The case that was given to somebody, and whether they lead it from now on: if not, once they have acknowledged it."""

    reference: str
    leads_now: bool


class Written(Schema):
    """The entry that was written, by its place in the case."""

    reference: str
    sequence: int


class Added(Schema):
    """The person who was added to the case."""

    reference: str
    person: int


class WayWritten(Schema):
    """The way that was written down, by its number."""

    reference: str
    way: int


class MayReach(Schema):
    """What the safe-contact gate says: whether, why not and what to do instead, the next safe moment, and how."""

    allowed: bool
    because: str = ""
    set_aside: str = ""
    says: str = ""
    instead: str = ""
    next_at: datetime | None = None
    how: list[str] = []


class Problem(Schema):
    """Why it was not done, in a sentence; `fault` is the number by which to ask about a fault of ours, `gate` what the
    safe-contact gate says where it was that."""

    detail: str
    fault: str = ""
    gate: MayReach | None = None


class Faults(Schema):
    """What was not understood: field → sentences. The name is empty for the whole.

    `alike` are those whom one may see and who are like somebody that is named: say that it is one of them, or why not.
    """

    detail: str
    faults: dict[str, list[str]]
    alike: list[FoundPerson] = []


class InTheWay(Schema):
    """Nothing was saved: somebody wrote meanwhile (`since`, `last_sequence`), or the policy stands in the way (`gates`)."""

    detail: str
    since: list[StoryLine] = []
    last_sequence: int | None = None
    gates: list[RefusalLine] = []
