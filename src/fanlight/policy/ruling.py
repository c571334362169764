"""The ruling: what is owed, by whom, by when, under which clause; what must wait; what nobody has asked.

`rule` and `permit` are pure: the same policy, story and moment always give the same answer (LANGUAGE.md sections 1, 5, 7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any as Anything
from typing import Literal, NamedTuple

from fanlight.policy.clock import in_london
from fanlight.policy.conditions import Condition, EntryScope, Pattern, Proposal
from fanlight.policy.facts import Facts, Grades
from fanlight.policy.file import AdviceRow, DutyRow, GateRow, OptionRow, Policy, Succession
from fanlight.policy.story import Entry, Value, standing
from fanlight.policy.vocabulary import DERIVED

State = Literal["open", "overdue", "met", "late", "lifted"]


class Duty(NamedTuple):
    """Something that must be done: its row, when it began, by when it is due, how it stands."""

    row: DutyRow
    version: str
    since: datetime
    due: datetime | None
    state: State
    met_at: datetime | None
    started_by: str | None
    because: tuple[str, ...]
    ended_by: str | None
    """The entry that met or lifted it; None while it stands, and where a change of condition lifted it."""

    @property
    def id(self) -> str:
        """The id of its row."""
        return self.row.id

    @property
    def is_owed(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("open", "overdue")

    def as_json(self) -> dict[str, Anything]:
        """This function will give the duty as the contract writes it."""
        row = self.row
        return {
            **_row_as_json(row),
            "force": row.force,
            "must": row.must,
            "who": list(row.who) if isinstance(row.who, tuple) else row.who,
            "since": _moment_as_json(self.since),
            "due": _moment_as_json(self.due),
            "state": self.state,
            "met_at": _moment_as_json(self.met_at),
            "started_by": self.started_by,
            "because": list(self.because),
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that nobody has stated, and the rows that wait for it."""

    fact: str
    decides: tuple[str, ...]

    def as_json(self) -> dict[str, Anything]:
        """This function will give the question as the contract writes it."""
        return {"fact": self.fact, "decides": list(self.decides)}


@dataclass(frozen=True, slots=True)
class Option:
    """Something that the policy offers in this situation."""

    row: OptionRow

    def as_json(self) -> dict[str, Anything]:
        """This function will give the option as the contract writes it."""
        return {**_row_as_json(self.row), "offer": list(self.row.offer)}


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that the policy says at this moment of the case."""

    row: AdviceRow

    def as_json(self) -> dict[str, Anything]:
        """This function will give the advice as the contract writes it."""
        return {**_row_as_json(self.row), "say": self.row.say}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A gate that stands in the way of a proposed entry."""

    row: GateRow

    def as_json(self) -> dict[str, Anything]:
        """This function will give the refusal as the contract writes it."""
        return {**_row_as_json(self.row), "refuse": self.row.refuse, "override": self.row.override}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Everything that the policy says of a story at a moment."""

    policy: str
    at: datetime
    facts: Mapping[str, Value]
    duties: tuple[Duty, ...]
    questions: tuple[Question, ...]
    options: tuple[Option, ...]
    advice: tuple[Advice, ...]
    refusals: tuple[Refusal, ...] = ()

    def as_json(self) -> dict[str, Anything]:
        """This function will give the ruling as section 7 writes it, in values that JSON has."""
        return {
            "policy": self.policy,
            "at": _moment_as_json(self.at),
            "facts": {name: _value_as_json(value) for name, value in sorted(self.facts.items())},
            "duties": [duty.as_json() for duty in self.duties],
            "questions": [question.as_json() for question in self.questions],
            "options": [option.as_json() for option in self.options],
            "advice": [advice.as_json() for advice in self.advice],
            "refusals": [refusal.as_json() for refusal in self.refusals],
        }


def _row_as_json(row: DutyRow | OptionRow | AdviceRow | GateRow) -> dict[str, Anything]:
    return {"id": row.id, "clause": row.clause, "answers": list(row.answers)}


def _moment_as_json(moment: datetime | None) -> str | None:
    return in_london(moment).isoformat() if moment else None


def _value_as_json(value: Value) -> Anything:
    if isinstance(value, frozenset):
        return sorted(value)
    return _moment_as_json(value) if isinstance(value, datetime) else value


class Owed(NamedTuple):
    """What a list over many cases keeps of a ruling: the facts, and the duties."""

    facts: Mapping[str, Value]
    duties: tuple[Duty, ...]


# ── The functions ────────────────────────────────────────────────────────────────────────────────────────────────────


def rule(policy: Policy | Succession, story: Sequence[Entry], now: datetime) -> Ruling:
    """This function will say what a policy requires of a story at a moment.

    `policy` is one version, which then counts throughout, or a landlord's succession of versions.
    It raises Faults where a deadline needs bank holidays that are not known.
    """
    now = now.astimezone(UTC)  # as every moment of a story: see read_moment
    telling = _Telling(policy, now)
    telling.tell(standing(story, now))
    in_force = _in_force(policy, now)
    facts = telling.facts
    values = facts.values
    if in_force is None:
        return Ruling(_name_of(policy, None), now, dict(values), telling.duties(), (), (), ())
    return Ruling(
        policy=_name_of(policy, in_force),
        at=now,
        facts=dict(values),
        duties=telling.duties(),
        questions=_questions(in_force, telling),
        options=tuple(Option(row) for row in in_force.options if _is_true(row.when, values)),
        advice=tuple(Advice(row) for row in in_force.advice if row.at == "case" and _is_true(row.when, values)),
    )


def owed(policy: Policy | Succession, story: Sequence[Entry], now: datetime) -> Owed:
    """This function will give the facts and duties of a ruling, without what to ask, to offer and to bear in mind.

    They are those that `rule` gives. It raises Faults where a deadline needs bank holidays that are not known.
    """
    now = now.astimezone(UTC)  # as every moment of a story: see read_moment
    telling = _Telling(policy, now)
    telling.tell(standing(story, now))
    return Owed(dict(telling.facts.values), telling.duties())


def advise(policy: Policy | Succession, story: Sequence[Entry], kind: str, now: datetime) -> tuple[Advice, ...]:
    """This function will give what the policy says to somebody about to make an entry of a kind."""
    in_force = _in_force(policy, now)
    if in_force is None:
        return ()
    facts = Facts()
    for entry in standing(story, now):
        facts.apply(entry, _grades(policy, entry.at))
    return tuple(Advice(row) for row in in_force.advice if row.at == kind and _is_true(row.when, facts.values))


def permit(policy: Policy | Succession, story: Sequence[Entry], proposed: Entry, now: datetime) -> tuple[Refusal, ...]:
    """This function will give every gate that stands in the way of an entry, or nothing where it may be made.

    The story counts as it is at the entry's own moment; the gates are those in force at `now`.
    """
    in_force = _in_force(policy, now)
    if in_force is None or not (gates := in_force.gates_before.get(proposed.kind)):
        return ()
    facts = Facts()
    past: list[EntryScope] = []
    for entry in standing(story, proposed.at):
        facts.apply(entry, _grades(policy, entry.at))
        past.append(EntryScope(entry, facts.values.copy()))
    facts.apply(proposed, _grades(policy, proposed.at))
    it = EntryScope(proposed, facts.values)
    return tuple(Refusal(gate) for gate in gates if _stands(gate, it, past))


def _stands(gate: GateRow, it: EntryScope, past: Sequence[EntryScope]) -> bool:
    """Silence never opens a gate: what is unknown in `before` and `when` counts as so, in `needs` as not enough."""
    whole = Proposal(it, past)
    if not _is_before(gate, it, whole):
        return False
    if gate.when is not None and gate.when.holds(it, whole) is False:
        return False
    if gate.fresh:
        last = max((place for place, other in enumerate(past) if _is_before(gate, other, whole)), default=-1)
        whole = Proposal(it, past[last + 1 :])
    if gate.needs.holds(it, whole) is True:
        return False
    return not any(_frees(other.entry, gate, it.entry) for other in past)


def _is_before(gate: GateRow, scope: EntryScope, proposal: Proposal) -> bool:
    it = proposal.it.entry.id
    return any(pattern.matches(scope, it, proposal, unknown_matches=True) for pattern in gate.before)


def _frees(entry: Entry, gate: GateRow, proposed: Entry) -> bool:
    """An override frees one entry from one gate, with a reason and an author; a named role, only by that role."""
    if entry.kind != "override" or gate.override == "none":
        return False
    fields = entry.fields
    if fields.get("gate") != gate.id or entry.of != proposed.id or not fields.get("reason"):
        return False
    author = fields.get("by")
    return bool(author) and gate.override in ("emergency", author)


def _in_force(policy: Policy | Succession, moment: datetime) -> Policy | None:
    return policy if isinstance(policy, Policy) else policy.in_force_at(moment)


def _grades(policy: Policy | Succession, moment: datetime) -> Grades | None:
    in_force = _in_force(policy, moment)
    return in_force.grades if in_force else None


def _name_of(policy: Policy | Succession, in_force: Policy | None) -> str:
    return in_force.name if in_force else policy.landlord_id


def _is_true(when: Condition | None, values: Mapping[str, Value]) -> bool:
    return when is None or when.holds(values) is True


# ── Telling the story ────────────────────────────────────────────────────────────────────────────────────────────────


class _Running:
    """A duty while the story is told."""

    __slots__ = ("because", "due", "ended_by", "met_at", "order", "policy", "row", "since", "starter", "state")

    def __init__(
        self,
        policy: Policy,
        row: DutyRow,
        since: datetime,
        order: int,
        starter: Entry | None,
        because: tuple[str, ...],
    ) -> None:
        self.policy = policy
        self.row = row
        self.since = since
        self.order = order
        self.starter = starter
        self.because = because
        self.due: datetime | None = None
        self.met_at: datetime | None = None
        self.state: State = "open"
        self.ended_by: str | None = None

    @property
    def it(self) -> str | None:
        return self.starter.id if self.starter else None

    def due_with(self, preferred_at: Value | None) -> datetime | None:
        """The deadline; a preferred moment, when known and later than the start, is the deadline instead."""
        if isinstance(preferred_at, datetime) and preferred_at > self.since:
            return preferred_at
        within = self.row.within
        return self.policy.calendar.due(self.since, within) if within else None


class _Telling:
    """Tells a story entry by entry, starting, meeting and lifting duties as it goes."""

    def __init__(self, policy: Policy | Succession, now: datetime) -> None:
        self.policy = policy
        self.now = now
        self.facts = Facts()
        self.running: list[_Running] = []
        """Every duty that ever started, in the order in which it did."""
        self._owed_by_kind: dict[str, list[_Running]] = {}
        """What is still owed, by each kind of entry that may end it."""
        self._owed_while_true: list[_Running] = []
        """What is still owed, and lifted as soon as its condition turns false."""
        self._waiting: list[tuple[DutyRow, Entry]] = []
        self._beforehand: list[tuple[str, Pattern, Entry]] = []
        """Entries that may meet or lift a duty that starts later: the row's id, its pattern, the entry."""
        self._last_known: dict[str, bool] = {}
        """By row id: what a condition that starts duties by itself was when it was last known."""
        self._version: Policy | None = None
        self._watched: Policy | None = None
        """The version that was in force last, while none is."""
        self._untried = True
        """Whether the version has conditions that nothing has tried yet: all are tried at the next event."""

    def tell(self, entries: Sequence[Entry]) -> None:
        """This function will tell the whole story, versions coming into force in between."""
        if isinstance(self.policy, Policy):
            self._version = self.policy
            for entry in entries:
                self._take(entry)
            return
        changes = [moment for moment in self.policy.changes_at if moment <= self.now]
        begun = False
        for entry in entries:
            while changes and changes[0] <= entry.at:
                self._come_into_force(changes.pop(0), begun)
            self._take(entry)
            begun = True
        for moment in changes:
            self._come_into_force(moment, begun)

    def duties(self) -> tuple[Duty, ...]:
        """This function will give every duty as it stands at the end, in order of start, then of the file."""
        self.running.sort(key=lambda one: (one.since, one.row.place, one.order))
        return tuple(self._finished(one) for one in self.running)

    @property
    def waiting(self) -> Iterator[DutyRow]:
        """The rows of duties that an entry would start, were their condition known."""
        return (row for row, _ in self._waiting)

    def _finished(self, one: _Running) -> Duty:
        state, due = one.state, one.due
        if state == "open":
            due = one.due_with(self.facts.values.get(one.row.or_at) if one.row.or_at else None)
            if due is not None and self.now > due:
                state = "overdue"
        return Duty(
            row=one.row,
            version=one.policy.name,
            since=one.since,
            due=due,
            state=state,
            met_at=one.met_at,
            started_by=one.starter.id if one.starter else None,
            because=one.because,
            ended_by=one.ended_by,
        )

    def _come_into_force(self, moment: datetime, begun: bool) -> None:
        assert isinstance(self.policy, Succession)
        version = self.policy.in_force_at(moment)
        if version is self._version:
            return
        if self._version is not None:
            self._watched = self._version
        self._version = version
        self._untried = True
        if version is not None and begun:
            # What a row started by an entry is not started again, now that its condition starts it.
            started = {one.row.id for one in self.running}
            for row in version.duties_when:
                if row.id in started and _is_true(row.when, self.facts.values):
                    self._last_known.setdefault(row.id, True)
            self._start_waiting(version, moment)
            self._try_conditions(version, moment, None, None)

    def _take(self, entry: Entry) -> None:
        version = self._version
        changed = self.facts.apply(entry, version.grades if version else None)
        scope = EntryScope(entry, self.facts.values)
        self._end_by(scope, changed)
        if version is None:
            self._see_what_turned_false()
        else:
            if self._waiting and changed:
                self._start_waiting(version, entry.at)
            # A list of patterns means any of them: an entry that matches two still starts one duty.
            matched: DutyRow | None = None  # the patterns of one row stand together
            for row, pattern in version.duties_upon.get(entry.kind, ()):
                if row is not matched and pattern.matches(scope):
                    matched = row
                    self._start_upon(version, row, entry)
            self._try_conditions(version, entry.at, entry, changed)
        for row, pattern in self.policy.counting_beforehand.get(entry.kind, ()):
            # What `it` is shows only when a duty starts: until then, an answer to anything may be one to it.
            if pattern.matches(scope, entry.of):
                self._beforehand.append((row.id, pattern, entry))

    # Ending

    def _end_by(self, scope: EntryScope, changed: Mapping[str, Value | None]) -> None:
        """The first matching entry after the start meets a duty, or else lifts it; so may its own condition."""
        values = self.facts.values
        entry = scope.entry
        kind = entry.kind
        if owed := self._owed_by_kind.get(kind):
            still = []
            for one in owed:
                if one.state != "open":
                    continue
                for met, pattern in one.row.endings[kind]:
                    if pattern.matches(scope, one.it):
                        or_at = one.row.or_at
                        # An entry that states another preferred moment does not move the deadline that it answers.
                        preferred_at = changed.get(or_at, values.get(or_at)) if or_at else None
                        self._end(one, met, entry.at, entry.id, preferred_at)
                        break
                else:
                    still.append(one)
            self._owed_by_kind[kind] = still
        if changed and self._owed_while_true:
            for one in self._owed_while_true:
                row = one.row
                if one.state != "open" or row.lifted_with.isdisjoint(changed) or row.when is None:
                    continue
                if row.when.holds(values) is False:
                    self._end(one, False, entry.at, None, values.get(row.or_at) if row.or_at else None)
            self._owed_while_true = [one for one in self._owed_while_true if one.state == "open"]

    def _end(self, one: _Running, met: bool, at: datetime, by: str | None, preferred_at: Value | None) -> None:
        one.due = one.due_with(preferred_at)
        one.ended_by = by
        if not met:
            one.state = "lifted"
            return
        one.met_at = at
        one.state = "late" if one.due is not None and at > one.due else "met"

    # Starting

    def _start_upon(self, version: Policy, row: DutyRow, entry: Entry) -> None:
        truth = True if row.when is None else row.when.holds(self.facts.values)
        if truth is None:
            self._waiting.append((row, entry))
        elif truth:
            self._start(version, row, entry.at, entry)

    def _start_waiting(self, version: Policy, at: datetime) -> None:
        """Duties whose condition was unknown at their entry start when it is first known to be true.

        They start under the version in force then, on the row of the same id; where it has none, they never do.
        """
        still: list[tuple[DutyRow, Entry]] = []
        for row, starter in self._waiting:
            now_row = version.duties_by_id.get(row.id)
            if now_row is None or not now_row.upon:
                # Gone, or started by its condition alone from now on.
                continue
            truth = True if now_row.when is None else now_row.when.holds(self.facts.values)
            if truth is None:
                still.append((now_row, starter))
            elif truth:
                self._start(version, now_row, at, starter)
        self._waiting = still

    def _try_conditions(
        self, version: Policy, at: datetime, entry: Entry | None, changed: Mapping[str, Value | None] | None
    ) -> None:
        """A duty starts each time its condition turns true; unknown neither starts nor lifts."""
        if self._untried or changed is None:
            rows: Sequence[DutyRow] = version.duties_when
            self._untried = False
        elif changed:
            by_name = version.duties_when_by_name
            rows = list({row.place: row for name in changed for row in by_name.get(name, ())}.values())
        else:
            return
        values, last_known = self.facts.values, self._last_known
        for row in rows:
            truth = row.when.holds(values) if row.when else None
            if truth is None:
                continue
            if truth and not last_known.get(row.id, False):
                self._start(version, row, at, entry)
            last_known[row.id] = truth

    def _see_what_turned_false(self) -> None:
        """While no version is in force nothing starts; but what turns false then may turn true again under the next."""
        for row in self._watched.duties_when if self._watched else ():
            if row.when is not None and row.when.holds(self.facts.values) is False:
                self._last_known[row.id] = False

    def _start(self, version: Policy, row: DutyRow, at: datetime, starter: Entry | None) -> None:
        one = _Running(version, row, at, len(self.running), starter, self._because(row))
        self.running.append(one)
        if row.already_counts and self._count_beforehand(one):
            return
        for kind in row.endings:
            self._owed_by_kind.setdefault(kind, []).append(one)
        if row.lifted_with:
            self._owed_while_true.append(one)

    def _count_beforehand(self, one: _Running) -> bool:
        row, before = one.row, None
        preferred_at = self.facts.values.get(row.or_at) if row.or_at else None
        for patterns, met in ((row.met_by, True), (row.lifted_by, False)):
            for row_id, pattern, entry in self._beforehand:
                if row_id != row.id or pattern not in patterns or entry is one.starter:
                    continue
                if pattern.of_it and (one.it is None or entry.of != one.it):
                    continue
                before = entry
            if before is not None:
                self._end(one, met, one.since, before.id, preferred_at)
                return True
        return False

    def _because(self, row: DutyRow) -> tuple[str, ...]:
        """The atoms that made the condition true, in the file's words; the grade is looked through to its own."""
        if row.when is None:
            return ()
        reasons: dict[str, None] = {}
        for atom in row.when.reasons(self.facts.values):
            if atom.name == "grade" and self.facts.grade_reasons:
                reasons.update(dict.fromkeys(self.facts.grade_reasons))
            else:
                reasons[atom.text] = None
        return tuple(reasons)


# ── Questions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _questions(policy: Policy, telling: _Telling) -> tuple[Question, ...]:
    """Every unknown fact that a condition of a duty, an option or a grade waits for, with the rows it would decide."""
    values = telling.facts.values
    waits_for: dict[str, list[str]] = {}
    grade_waits_for = _what_grade_waits_for(policy, values)
    waiting = {row.id for row in telling.waiting}
    rows: list[DutyRow | OptionRow] = [row for row in policy.duties if not row.upon or row.id in waiting]
    rows.extend(policy.options)
    rows.sort(key=lambda row: row.place)
    for row in rows:
        if row.when is None:
            continue
        for name in row.when.unknown_names(values):
            for fact in grade_waits_for if name == "grade" else (name,):
                if fact in DERIVED:
                    continue
                decided = waits_for.setdefault(fact, [])
                if row.id not in decided:
                    decided.append(row.id)
    for fact in grade_waits_for:
        if policy.grades.rows and fact not in DERIVED:
            waits_for.setdefault(fact, [])
    return tuple(Question(fact, tuple(decided)) for fact, decided in waits_for.items())


def _what_grade_waits_for(policy: Policy, values: Mapping[str, Value]) -> tuple[str, ...]:
    if not policy.grades.rows:
        return ("grade_given",) if "grade_given" not in values else ()
    names: dict[str, None] = {}
    for grade in policy.grades.rows:
        if grade.when is None:
            break
        truth = grade.when.holds(values)
        if truth:
            break
        names.update(dict.fromkeys(grade.when.unknown_names(values)))
    return tuple(names)
