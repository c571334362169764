"""A policy file: text in, a Policy out, or every fault at once (LANGUAGE.md section 5). Reading the file is the caller's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any as Anything
from typing import Literal, TypeVar

from fanlight.policy.clock import WEEKDAYS, Calendar, Within, read_within, start_of
from fanlight.policy.conditions import (
    Condition,
    Names,
    Pattern,
    read_condition,
    read_needs,
    read_patterns,
)
from fanlight.policy.facts import Grade, Grades
from fanlight.policy.faults import Fault, Faults, nearest, nearest_or_list
from fanlight.policy.story import FRAME
from fanlight.policy.vocabulary import (
    DERIVED,
    ENTRY_KINDS,
    FACT_TYPES,
    FACTS,
    ROLES,
    SERVICES,
    Term,
    Type,
    Vocabulary,
)

Force = Literal["must", "should", "may"]
How = Literal["definition", "feature", "governance", "attitude"]

FORCES: tuple[Force, ...] = ("must", "should", "may")
HOWS: tuple[How, ...] = ("definition", "feature", "governance", "attitude")
NATIONS = ("england", "wales", "scotland", "northern-ireland")

Holidays = Mapping[str, AbstractSet[date]]
"""Bank holidays by nation, with every year whole from the first to the last."""


@dataclass(frozen=True, slots=True)
class Row:
    """What every row has: where the document says it, and which requirements it answers."""

    id: str
    clause: str
    answers: tuple[str, ...]
    reading: str
    place: int
    """The row's place in the file, from 0, over all tables."""


@dataclass(frozen=True, slots=True)
class DutyRow(Row):
    """`[[duty]]`: what must be done."""

    must: str
    who: str | tuple[str, ...]
    force: Force
    upon: tuple[Pattern, ...]
    when: Condition | None
    within: Within | None
    or_at: str | None
    met_by: tuple[Pattern, ...]
    lifted_by: tuple[Pattern, ...]
    already_counts: bool
    lasting: bool
    endings: Mapping[str, tuple[tuple[bool, Pattern], ...]] = field(init=False, repr=False, compare=False)
    """By the kind of entry: whether it would meet the duty (or else lift it), and the pattern. Meeting comes first."""
    lifted_with: frozenset[str] = field(init=False, repr=False, compare=False)
    """The facts whose change may lift the duty, where its condition alone started it and it does not last."""
    roles: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The roles any one of which may do it."""

    def __post_init__(self) -> None:
        endings: dict[str, tuple[tuple[bool, Pattern], ...]] = {}
        for met, patterns in ((True, self.met_by), (False, self.lifted_by)):
            for pattern in patterns:
                endings[pattern.kind] = (*endings.get(pattern.kind, ()), (met, pattern))
        alone = self.when is not None and not self.upon and not self.lasting
        object.__setattr__(self, "endings", endings)
        object.__setattr__(self, "lifted_with", frozenset(self.when.names()) if self.when and alone else frozenset())
        object.__setattr__(self, "roles", (self.who,) if isinstance(self.who, str) else self.who)


@dataclass(frozen=True, slots=True)
class GateRow(Row):
    """`[[gate]]`: what must not be done until something else holds."""

    before: tuple[Pattern, ...]
    when: Condition | None
    needs: Condition
    refuse: str
    fresh: bool
    override: str


@dataclass(frozen=True, slots=True)
class OptionRow(Row):
    """`[[option]]`: what the policy offers in a situation."""

    title: str
    when: Condition | None
    offer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceRow(Row):
    """`[[advice]]`: what the policy tells staff at a moment of the case."""

    at: str
    when: Condition | None
    say: str


@dataclass(frozen=True, slots=True)
class ElsewhereRow(Row):
    """`[[elsewhere]]`: a requirement that no other row carries, and where in the product it is met."""

    how: How
    where: str


@dataclass(frozen=True)
class Policy:
    """One version of one landlord's policy."""

    landlord_id: str
    version: str
    landlord: str
    title: str
    in_force_from: date
    in_force_to: date | None
    review_by: date | None
    nation: str
    calendar: Calendar
    roles: Mapping[str, str]
    instrument: str | None
    grades: Grades
    vocabulary: Vocabulary
    duties: tuple[DutyRow, ...]
    gates: tuple[GateRow, ...]
    options: tuple[OptionRow, ...]
    advice: tuple[AdviceRow, ...]
    elsewhere: tuple[ElsewhereRow, ...]

    @cached_property
    def name(self) -> str:
        """What a ruling calls it: "connect/2"."""
        return f"{self.landlord_id}/{self.version}"

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the five tables, in the order of the file."""
        rows: list[Row] = [*self.duties, *self.gates, *self.options, *self.advice, *self.elsewhere]
        return tuple(sorted(rows, key=lambda row: row.place))

    @cached_property
    def starts_at(self) -> datetime:
        """The moment at which it comes into force."""
        return start_of(self.in_force_from)

    @cached_property
    def ends_at(self) -> datetime | None:
        """The moment at which it is no longer in force, if one is set."""
        return start_of(self.in_force_to) if self.in_force_to else None

    def is_in_force(self, moment: datetime) -> bool:
        """This function will say whether its own dates have it in force at a moment."""
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)

    @cached_property
    def duties_upon(self) -> Mapping[str, tuple[tuple[DutyRow, Pattern], ...]]:
        """The duties that an entry may start, by its kind."""
        return _by_kind((row, pattern) for row in self.duties for pattern in row.upon)

    @cached_property
    def duties_by_id(self) -> Mapping[str, DutyRow]:
        """The duties by the id of their row."""
        return {row.id: row for row in self.duties}

    @cached_property
    def duties_when(self) -> tuple[DutyRow, ...]:
        """The duties that a condition alone starts."""
        return tuple(row for row in self.duties if not row.upon)

    @cached_property
    def duties_when_by_name(self) -> Mapping[str, tuple[DutyRow, ...]]:
        """The duties that a condition alone starts, by each fact it names."""
        found: dict[str, list[DutyRow]] = {}
        for row in self.duties_when:
            for name in set(row.when.names() if row.when else ()):
                found.setdefault(name, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def counting_beforehand(self) -> Mapping[str, tuple[tuple[DutyRow, Pattern], ...]]:
        """The patterns by which an entry may meet or lift a duty before it starts, by the kind of entry."""
        return _by_kind(_counting_beforehand(self))

    @cached_property
    def gates_before(self) -> Mapping[str, tuple[GateRow, ...]]:
        """The gates that may stand before an entry, by its kind."""
        found: dict[str, list[GateRow]] = {}
        for gate in self.gates:
            for kind in dict.fromkeys(pattern.kind for pattern in gate.before):
                found.setdefault(kind, []).append(gate)
        return {kind: tuple(gates) for kind, gates in found.items()}


def _counting_beforehand(policy: Policy) -> Iterable[tuple[DutyRow, Pattern]]:
    return ((row, pattern) for row in policy.duties if row.already_counts for pattern in (*row.met_by, *row.lifted_by))


def _by_kind(pairs: Iterable[tuple[DutyRow, Pattern]]) -> Mapping[str, tuple[tuple[DutyRow, Pattern], ...]]:
    found: dict[str, list[tuple[DutyRow, Pattern]]] = {}
    for row, pattern in pairs:
        found.setdefault(pattern.kind, []).append((row, pattern))
    return {kind: tuple(pairs) for kind, pairs in found.items()}


@dataclass(frozen=True)
class Succession:
    """A landlord's versions, the earliest first. A later one takes over from an earlier on its first day."""

    landlord_id: str
    versions: tuple[Policy, ...]

    def in_force_at(self, moment: datetime) -> Policy | None:
        """This function will give the version in force at a moment, or None where there is none."""
        for version in reversed(self.versions):
            if version.is_in_force(moment):
                return version
        return None

    @cached_property
    def changes_at(self) -> tuple[datetime, ...]:
        """The moments at which another version, or none, comes into force."""
        moments = {version.starts_at for version in self.versions}
        moments |= {version.ends_at for version in self.versions if version.ends_at}
        return tuple(sorted(moments))

    @cached_property
    def counting_beforehand(self) -> Mapping[str, tuple[tuple[DutyRow, Pattern], ...]]:
        """As for one version, over them all: a duty may start under a later one than the entry that meets it."""
        return _by_kind(pair for version in self.versions for pair in _counting_beforehand(version))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all its versions: a story may have entries from each."""
        return vocabulary_of(self.versions)


def succession_of(policies: Sequence[Policy]) -> Succession:
    """This function will put the versions of one landlord in order.

    It raises Faults for two that start on one day or have one name, and for one of another landlord.
    """
    versions = tuple(sorted(policies, key=lambda policy: policy.in_force_from))
    faults = [
        Fault(
            later.name,
            f"It comes into force on {later.in_force_from}, the same day as {earlier.name}.",
            "Give one of them another day.",
        )
        for earlier, later in pairwise(versions)
        if earlier.in_force_from == later.in_force_from
    ]
    for place, policy in enumerate(versions):
        if policy.landlord_id != versions[0].landlord_id:
            faults.append(
                Fault(
                    policy.name,
                    f"It stands beside {versions[0].name}, which has another id.",
                    "All versions of a landlord's policy have one id.",
                )
            )
        if policy.name in [earlier.name for earlier in versions[:place]]:
            faults.append(Fault(policy.name, "Two files are this version.", "Give one of them another version."))
    if faults:
        raise Faults(faults)
    return Succession(versions[0].landlord_id if versions else "", versions)


def vocabulary_of(policies: Sequence[Policy]) -> Vocabulary:
    """This function will give the words of several policies together."""
    facts: dict[str, Term] = dict(FACTS)
    services: dict[str, str] = dict(SERVICES)
    roles: dict[str, str] = dict(ROLES)
    for policy in policies:
        facts |= policy.vocabulary.facts
        services |= policy.vocabulary.services
        roles |= policy.vocabulary.roles
    return Vocabulary(MappingProxyType(facts), MappingProxyType(services), MappingProxyType(roles))


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_POLICY_KEYS = {
    "id": str,
    "landlord": str,
    "title": str,
    "version": str,
    "in_force_from": date,
    "nation": str,
    "in_force_to": date,
    "review_by": date,
    "close_of_business": time,
    "working_week": list,
    "closed": list,
    "at_once": str,
}
_POLICY_NEEDS = ("id", "landlord", "title", "version", "in_force_from", "nation")
_TABLES = ("policy", "roles", "risk", "facts", "services", "duty", "gate", "option", "advice", "elsewhere")
_ROW_KEYS = ("id", "clause", "answers", "reading")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "duty": (
        *("upon", "when", "must", "who", "force", "within", "or_at"),
        *("met_by", "lifted_by", "already_counts", "lasting"),
    ),
    "gate": ("before", "when", "needs", "refuse", "fresh", "override"),
    "option": ("when", "title", "offer"),
    "advice": ("at", "when", "say"),
    "elsewhere": ("how", "where"),
}
_KIND_NAMES = {
    str: "words in quotes",
    list: "a list",
    date: "a day, such as 2026-11-24",
    time: "a time, such as 17:00:00",
}
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SNAKE = re.compile(r"[a-z][a-z0-9_]*")

Table = dict[str, Anything]


def read_policy(text: str, name: str, holidays: Holidays) -> Policy:
    """This function will read one version of a landlord's policy from the text of its file.

    `name` is what faults call the file; `holidays` are the bank holidays of each nation.
    It raises Faults with everything that is wrong: file, line, row, what, how to mend it.
    """
    return _Reader(read_toml(text, name), _Lines(text), name, holidays).read()


def read_toml(text: str, name: str) -> Table:
    """This function will read TOML. It raises Faults, with the line, for what is not."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Faults([Fault(name, "The file is nested too deeply.", "Say it with fewer lists within lists.")]) from None
    except tomllib.TOMLDecodeError as error:
        raise Faults([_syntax_fault(str(error), name)]) from None
    except ValueError:  # Python reads no number of thousands of figures
        raise Faults([Fault(name, "The file cannot be read: a number in it is too long.")]) from None


def _syntax_fault(message: str, name: str) -> Fault:
    match = re.search(r"\(at line (\d+)", message)
    what = re.sub(r" ?\(at .*\)", "", message).rstrip(".")
    return Fault(
        name,
        f"The file cannot be read as TOML: {what}.",
        "Look at this line and the one before it.",
        line=int(match[1]) if match else None,
    )


AnyRow = TypeVar("AnyRow", bound=Row)


def _sound(rows: Iterable[AnyRow | None]) -> tuple[AnyRow, ...]:
    return tuple(row for row in rows if row is not None)


class _Lines:
    """Finds the line on which a table, or a key of it, stands."""

    def __init__(self, text: str) -> None:
        self._tables: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        here = ("", 0)
        for number, line in enumerate(text.splitlines(), start=1):
            if header := re.match(r"\s*\[\[?\s*([A-Za-z0-9_.\-\"]+)\s*\]\]?\s*(#.*)?$", line):
                name = header[1].replace('"', "")
                counts[name] = counts.get(name, -1) + 1
                here = (name, counts[name])
                self._tables[here] = number
            elif key := re.match(r"\s*\"?([A-Za-z0-9_\-]+)\"?\s*(\.[^=]*)?=", line):
                self._keys.setdefault((*here, key[1]), number)

    def of(self, table: str, count: int = 0, key: str = "") -> int | None:
        """This function will give the line of a key, or failing that of its table."""
        return self._keys.get((table, count, key)) or self._tables.get((table, count))


class _Reader:
    """Reads the tables of one file, gathering faults as it goes."""

    def __init__(self, document: Table, lines: _Lines, name: str, holidays: Holidays) -> None:
        self.document = document
        self.lines = lines
        self.name = name
        self.holidays = holidays
        self.faults: list[Fault] = []
        self.ids: dict[str, str] = {}
        self.place = 0

    def fault(self, what: str, mend: str = "", *, table: str = "", count: int = 0, key: str = "") -> None:
        self.faults.append(Fault(self.name, what, mend, line=self.lines.of(table, count, key) if table else None))

    def read(self) -> Policy:
        for table in self.document:
            if table not in _TABLES:
                self.fault(f"'{table}' is not a table of a policy.", nearest_or_list(table, _TABLES), table=table)
        head = self._head()
        roles = self._titles("roles", "Role")
        vocabulary = self._vocabulary(roles)
        names = Names(vocabulary)
        risk = self._table("risk")
        instrument = risk.get("instrument")
        if instrument is not None and not isinstance(instrument, str):
            self.fault("[risk] instrument is not words in quotes.", 'Write instrument = "dash".', table="risk")
            instrument = None
        for key in risk:
            if key not in ("instrument", "grade"):
                self.fault(
                    f"'{key}' is not a key of [risk].", nearest(key, ("instrument", "grade")), table="risk", key=key
                )
        grades = self._grades(risk.get("grade", []), names)
        names = replace(names, grades=tuple(grade.name for grade in grades))
        duties = _sound(self._duty(number, raw, names, roles) for number, raw in self._rows("duty"))
        gates = _sound(self._gate(number, raw, names, roles) for number, raw in self._rows("gate"))
        options = _sound(self._option(number, raw, names) for number, raw in self._rows("option"))
        advice = _sound(self._advice(number, raw, names) for number, raw in self._rows("advice"))
        elsewhere = _sound(self._elsewhere(number, raw) for number, raw in self._rows("elsewhere"))
        if self.faults:
            raise Faults(sorted(self.faults, key=lambda fault: fault.line or 0))
        return Policy(
            landlord_id=head["id"],
            version=head["version"],
            landlord=head["landlord"],
            title=head["title"],
            in_force_from=head["in_force_from"],
            in_force_to=head.get("in_force_to"),
            review_by=head.get("review_by"),
            nation=head["nation"],
            calendar=self._calendar(head),
            roles=MappingProxyType(roles),
            instrument=instrument,
            grades=Grades(tuple(grades)),
            vocabulary=vocabulary,
            duties=duties,
            gates=gates,
            options=options,
            advice=advice,
            elsewhere=elsewhere,
        )

    # The head

    def _table(self, name: str) -> Table:
        raw = self.document.get(name, {})
        if isinstance(raw, dict):
            return raw
        self.fault(f"[{name}] is not a table.", f"Write [{name}] on a line of its own.", table=name)
        return {}

    def _head(self) -> Table:
        head = self._table("policy")
        for key in _POLICY_NEEDS:
            if key not in head:
                self.fault(f"[policy] has no '{key}'.", f"Write {key} = … under [policy].", table="policy")
        sound: Table = {}
        for key, value in head.items():
            if key not in _POLICY_KEYS:
                self.fault(f"'{key}' is not a key of [policy].", nearest(key, _POLICY_KEYS), table="policy", key=key)
                continue
            kind = _POLICY_KEYS[key]
            if not isinstance(value, kind) or isinstance(value, datetime) or value == "":
                self.fault(f"[policy] {key} is not {_KIND_NAMES[kind]}.", table="policy", key=key)
            else:
                sound[key] = value
        self._check_head(sound)
        return sound

    def _check_head(self, head: Table) -> None:
        def fault(key: str, what: str, mend: str = "") -> None:
            self.fault(what, mend, table="policy", key=key)

        for key in ("id", "version"):
            if key in head and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", head[key]):
                fault(
                    key, f"[policy] {key} '{head[key]}' is not a short name.", "Use letters, figures, dots and hyphens."
                )
        if "nation" in head and head["nation"] not in NATIONS:
            fault("nation", f"'{head['nation']}' is not a nation.", nearest_or_list(head["nation"], NATIONS))
        for day in head.get("working_week", []):
            if day not in WEEKDAYS:
                fault("working_week", f"'{day}' is not a day of the week.", nearest_or_list(day, WEEKDAYS))
        if head.get("working_week") == []:
            fault(
                "working_week", "The working week has no day.", 'Leave it out for ["mon", "tue", "wed", "thu", "fri"].'
            )
        for day in head.get("closed", []):
            if not isinstance(day, date) or isinstance(day, datetime):
                fault("closed", f"'{day}' is not a day.", "Write days without quotes, such as 2026-12-24.")
        if "at_once" in head:
            within = read_within(head["at_once"])
            if within is None or within.unit == "at once":
                fault("at_once", f"'{head['at_once']}' is not a time allowed.", 'Write one such as "1 hour".')
        first, last = head.get("in_force_from"), head.get("in_force_to")
        if first and last and last <= first:
            fault(
                "in_force_to",
                "It ends before it is in force.",
                "in_force_to is the first day on which it no longer is.",
            )

    def _calendar(self, head: Table) -> Calendar:
        bank_holidays = self.holidays.get(head["nation"], frozenset())
        years = {day.year for day in bank_holidays}
        return Calendar(
            nation=head["nation"],
            working_week=frozenset(WEEKDAYS.index(day) for day in head.get("working_week", WEEKDAYS[:5])),
            bank_holidays=bank_holidays,
            years=range(min(years), max(years) + 1) if years else range(0),
            closed=frozenset(head.get("closed", [])),
            close_of_business=head.get("close_of_business", time(17, 0)),
            at_once=read_within(head["at_once"]) if "at_once" in head else None,
        )

    # Words

    def _titles(self, table: str, what: str) -> dict[str, str]:
        sound: dict[str, str] = {}
        for key, title in self._table(table).items():
            if not _SNAKE.fullmatch(key):
                self.fault(f"{what} '{key}' is not in snake_case.", "Write it like case_officer.", table=table, key=key)
            elif not isinstance(title, str) or not title.strip():
                self.fault(f"{what} '{key}' has no title.", f'Write {key} = "Its title".', table=table, key=key)
            else:
                sound[key] = title
        return sound

    def _vocabulary(self, roles: Mapping[str, str]) -> Vocabulary:
        facts: dict[str, Term] = dict(FACTS)
        for name, raw in self._table("facts").items():
            if term := self._own_fact(name, raw):
                facts[name] = term
        services = dict(SERVICES) | self._titles("services", "Service")
        return Vocabulary(MappingProxyType(facts), MappingProxyType(services), MappingProxyType({**ROLES, **roles}))

    def _own_fact(self, name: str, raw: object) -> Term | None:
        table = f"facts.{name}"

        def fault(what: str, mend: str = "", key: str = "") -> None:
            self.fault(f"Fact '{name}': {what}", mend, table=table, key=key)

        before = len(self.faults)
        if not _SNAKE.fullmatch(name):
            fault("its name is not in snake_case.", "Write it like lives_alone.")
        if name in FRAME:
            fault("it is a word of every entry.", "Choose another name.")
        if name in FACTS or name in DERIVED:
            fault("the vocabulary has a fact of this name already.", "Use that one, or choose another name.")
        if not isinstance(raw, dict):
            fault("it is not a table.", f"Write [facts.{name}] with type and ask.")
            return None
        for key in raw:
            if key not in ("type", "ask", "words"):
                fault(f"'{key}' is not a key of a fact.", nearest_or_list(key, ("type", "ask", "words")), key)
        given = raw.get("type")
        kind = {"set": "set of words", "yes/no": "yes/no"}.get(given, given) if isinstance(given, str) else given
        if kind not in FACT_TYPES:
            fault(f"its type is '{given}'.", nearest_or_list(given, FACT_TYPES), "type")
        ask = raw.get("ask")
        if not isinstance(ask, str) or not ask.strip():
            fault("it has no question.", "Write ask = …", "ask")
        words = raw.get("words")
        if words is not None and not (
            isinstance(words, list) and words and all(isinstance(word, str) and word for word in words)
        ):
            fault("'words' is not a list of words.", 'Write words = ["one", "two"].', "words")
        if words is not None and kind in FACT_TYPES and kind not in ("word", "set of words"):
            fault("only a word, or a set of words, has 'words'.", "Leave 'words' out.", "words")
        if len(self.faults) > before:
            return None
        closed = tuple((word, word.replace("_", " ").capitalize()) for word in words) if words else None
        sound: Type = kind  # type: ignore[assignment]  # held against FACT_TYPES above
        return Term(name, sound, str(ask), closed)

    # Rows

    def _rows(self, table: str) -> list[tuple[int, Table]]:
        raw = self.document.get(table, [])
        if not isinstance(raw, list):
            self.fault(f"'{table}' is not a list of rows.", f"Head each row with [[{table}]].", table=table)
            return []
        rows = []
        for number, row in enumerate(raw):
            if isinstance(row, dict):
                rows.append((number, row))
            else:
                self.fault(
                    f"A row of '{table}' is not a table.", f"Head each row with [[{table}]].", table=table, count=number
                )
        return rows

    def _row_faults(self, table: str, number: int, raw: Table) -> Callable[..., None]:
        row_id = raw.get("id")
        called = f"{table} '{row_id}'" if isinstance(row_id, str) else f"{table} {number + 1}"

        def fault(what: str, mend: str = "", key: str = "") -> None:
            self.fault(f"{called}: {what}", mend, table=table, count=number, key=key)

        return fault

    def _base(self, table: str, raw: Table, fault: Callable[..., None]) -> Table:
        for key in raw:
            if key not in _ROW_KEYS and key not in _KEYS[table]:
                fault(f"'{key}' is not a key of a {table}.", nearest(key, (*_ROW_KEYS, *_KEYS[table])), key)
        row_id = raw.get("id")
        if row_id is None and table == "elsewhere":
            row_id = ""
        elif not isinstance(row_id, str) or not row_id:
            fault("it has no id.", "Write id = a short name in kebab-case.")
        elif not _KEBAB.fullmatch(row_id):
            fault("its id is not in kebab-case.", "Use small letters, figures and hyphens.", "id")
        elif row_id in self.ids:
            fault(f"its id is that of another row ({self.ids[row_id]}).", "Give each row an id of its own.", "id")
        else:
            self.ids[row_id] = table
        clause = raw.get("clause")
        if not isinstance(clause, str) or not clause:
            fault("it does not say which clause it carries out.", 'Write clause = "…", in quotes.', "clause")
        answers = raw.get("answers", [])
        if not isinstance(answers, list) or not all(isinstance(answer, str) and answer for answer in answers):
            fault("'answers' is not a list of requirement ids.", 'Write answers = ["…"].', "answers")
            answers = []
        reading = raw.get("reading", "")
        if not isinstance(reading, str):
            fault("'reading' is not words in quotes.", "", "reading")
        self.place += 1
        return {
            "id": str(row_id),
            "clause": str(clause),
            "answers": tuple(answers),
            "reading": str(reading),
            "place": self.place - 1,
        }

    def _words(self, raw: Table, key: str, fault: Callable[..., None]) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not value.strip():
            fault(
                f"'{key}' is missing." if value is None else f"'{key}' is not words in quotes.",
                f'Write {key} = "…".',
                key,
            )
            return ""
        return value

    def _flag(self, raw: Table, key: str, fault: Callable[..., None]) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            fault(f"'{key}' is neither true nor false.", f"Write {key} = true.", key)
            return False
        return value

    def _condition(self, raw: Table, key: str, names: Names, fault: Callable[..., None]) -> Condition | None:
        if key not in raw:
            return None
        return read_condition(raw[key], names, lambda what, mend: fault(f"in '{key}': {what}", mend, key))

    def _patterns(self, raw: Table, key: str, names: Names, fault: Callable[..., None]) -> tuple[Pattern, ...]:
        if key not in raw:
            return ()
        return read_patterns(raw[key], names, lambda what, mend: fault(f"in '{key}': {what}", mend, key)) or ()

    def _word_of(self, raw: Table, key: str, words: Sequence[str], default: str, fault: Callable[..., None]) -> str:
        value = raw.get(key, default)
        if value not in words:
            fault(f"'{key}' is '{value}'." if value else f"'{key}' is missing.", nearest_or_list(value, words), key)
            return words[0]
        return str(value)

    def _grades(self, raw: object, names: Names) -> list[Grade]:
        grades: list[Grade] = []
        rows = raw if isinstance(raw, list) else []
        if not isinstance(raw, list):
            self.fault("'risk.grade' is not a list of grades.", "Head each grade with [[risk.grade]].", table="risk")
        for number, row in enumerate(rows):

            def fault(what: str, mend: str = "", key: str = "", number: int = number) -> None:
                self.fault(f"risk grade {number + 1}: {what}", mend, table="risk.grade", count=number, key=key)

            if not isinstance(row, dict):
                fault("it is not a table.", "Head each grade with [[risk.grade]].")
                continue
            for key in row:
                if key not in ("grade", "when"):
                    fault(f"'{key}' is not a key of a grade.", nearest_or_list(key, ("grade", "when")), key)
            name = self._words(row, "grade", fault)
            when = self._condition(row, "when", names, fault)
            if when and "grade" in when.names():
                fault("a grade cannot depend on the grade.", "Name the facts that decide it.", "when")
            if "when" not in row and number < len(rows) - 1:
                fault("a grade without a condition is the last resort.", "Put it last, or say when it holds.")
            grades.append(Grade(name, when))
        return grades

    def _duty(self, number: int, raw: Table, names: Names, roles: Mapping[str, str]) -> DutyRow | None:
        fault = self._row_faults("duty", number, raw)
        before = len(self.faults)
        base = self._base("duty", raw, fault)
        if "upon" not in raw and "when" not in raw:
            fault("nothing starts it.", "Write upon = a pattern, or when = a condition.")
        row = DutyRow(
            **base,
            must=self._words(raw, "must", fault),
            who=self._who(raw, roles, fault),
            force=self._word_of(raw, "force", FORCES, "must", fault),  # type: ignore[arg-type]  # one of FORCES
            upon=self._patterns(raw, "upon", names, fault),
            when=self._condition(raw, "when", names, fault),
            within=self._within(raw, fault),
            or_at=self._or_at(raw, names, fault),
            met_by=self._patterns(raw, "met_by", names, fault),
            lifted_by=self._patterns(raw, "lifted_by", names, fault),
            already_counts=self._flag(raw, "already_counts", fault),
            lasting=self._flag(raw, "lasting", fault),
        )
        if any(pattern.of_it for pattern in row.upon):
            fault("in 'upon': nothing has started yet that an entry could be of.", "Leave 'of it' out.", "upon")
        return row if len(self.faults) == before else None

    def _who(self, raw: Table, roles: Mapping[str, str], fault: Callable[..., None]) -> str | tuple[str, ...]:
        who = raw.get("who")
        listed = who if isinstance(who, list) else [who]
        if who is None or not listed or not all(isinstance(role, str) and role for role in listed):
            fault("it does not say who does it.", 'Write who = "case_officer", or a list of roles.', "who")
            return ""
        for role in listed:
            if role not in roles:
                fault(f"'{role}' is not a role of [roles].", nearest_or_list(role, roles), "who")
        return tuple(str(role) for role in listed) if isinstance(who, list) else str(who)

    def _within(self, raw: Table, fault: Callable[..., None]) -> Within | None:
        if "within" not in raw:
            return None
        within = read_within(raw["within"]) if isinstance(raw["within"], str) else None
        if within is None:
            fault(
                f"'{raw['within']}' is not a time allowed.",
                'Write "at once", "same day", or a count of minutes, hours, working days, days, weeks or months.',
                "within",
            )
        return within

    def _or_at(self, raw: Table, names: Names, fault: Callable[..., None]) -> str | None:
        if "or_at" not in raw:
            return None
        moments = [name for name, term in names.vocabulary.facts.items() if term.type == "moment"]
        name = raw["or_at"]
        if name not in moments:
            fault(f"'{name}' is not a fact that is a moment.", nearest_or_list(name, moments), "or_at")
            return None
        return str(name)

    def _gate(self, number: int, raw: Table, names: Names, roles: Mapping[str, str]) -> GateRow | None:
        fault = self._row_faults("gate", number, raw)
        before = len(self.faults)
        base = self._base("gate", raw, fault)
        if "before" not in raw:
            fault("it does not say what it stands before.", "Write before = a pattern.")
        patterns = self._patterns(raw, "before", names, fault)
        kinds = tuple(dict.fromkeys(pattern.kind for pattern in patterns))
        in_gate = replace(names, kinds=kinds, it_kinds=kinds)
        needs: Condition | None = None
        if "needs" not in raw:
            fault("it does not say what it needs.", 'Write needs = a condition, or "never".')
        elif kinds:
            needs = read_needs(raw["needs"], in_gate, lambda what, mend: fault(f"in 'needs': {what}", mend, "needs"))
        when = self._condition(raw, "when", in_gate, fault) if kinds else None
        override = raw.get("override", "none")
        allowed = ("none", "emergency", *roles)
        if override not in allowed:
            fault(f"'{override}' may not override.", nearest_or_list(override, allowed), "override")
        refuse = self._words(raw, "refuse", fault)
        fresh = self._flag(raw, "fresh", fault)
        if len(self.faults) > before or needs is None:
            return None
        return GateRow(
            **base, before=patterns, when=when, needs=needs, refuse=refuse, fresh=fresh, override=str(override)
        )

    def _option(self, number: int, raw: Table, names: Names) -> OptionRow | None:
        fault = self._row_faults("option", number, raw)
        before = len(self.faults)
        base = self._base("option", raw, fault)
        offer = raw.get("offer")
        if not isinstance(offer, list) or not offer or not all(isinstance(item, str) and item for item in offer):
            fault("it offers nothing.", 'Write offer = ["…"].', "offer")
            offer = []
        title = self._words(raw, "title", fault)
        when = self._condition(raw, "when", names, fault)
        if len(self.faults) > before:
            return None
        return OptionRow(**base, title=title, when=when, offer=tuple(offer))

    def _advice(self, number: int, raw: Table, names: Names) -> AdviceRow | None:
        fault = self._row_faults("advice", number, raw)
        before = len(self.faults)
        base = self._base("advice", raw, fault)
        at = self._word_of(raw, "at", ("case", *ENTRY_KINDS), "", fault)
        say = self._words(raw, "say", fault)
        when = self._condition(raw, "when", names, fault)
        if len(self.faults) > before:
            return None
        return AdviceRow(**base, at=at, when=when, say=say)

    def _elsewhere(self, number: int, raw: Table) -> ElsewhereRow | None:
        fault = self._row_faults("elsewhere", number, raw)
        before = len(self.faults)
        base = self._base("elsewhere", raw, fault)
        how = self._word_of(raw, "how", HOWS, "", fault)
        where = self._words(raw, "where", fault)
        if len(self.faults) > before:
            return None
        return ElsewhereRow(**base, how=how, where=where)  # type: ignore[arg-type]  # one of HOWS


# ── Requirements ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a landlord's published document asks for, in our words."""

    id: str
    clause: str
    kind: str
    asks: str
    figures: str


def read_requirements(text: str, name: str) -> tuple[Requirement, ...]:
    """This function will read a landlord's `requirements.toml`. It raises Faults with everything that is wrong."""
    rows = read_toml(text, name).get("requirement", [])
    if not isinstance(rows, list) or not all(isinstance(raw, dict) for raw in rows):
        raise Faults([Fault(name, "'requirement' is not a list of tables.", "Head each one with [[requirement]].")])
    faults: list[Fault] = []
    found: dict[str, Requirement] = {}
    for number, raw in enumerate(rows, start=1):
        missing = [key for key in ("id", "clause", "kind", "asks") if not isinstance(raw.get(key), str)]
        if missing:
            faults.append(Fault(name, f"Requirement {number} has no {', '.join(missing)}.", "Write them in quotes."))
        elif raw["id"] in found:
            faults.append(Fault(name, f"Requirement '{raw['id']}' stands twice.", "Give each an id of its own."))
        else:
            found[raw["id"]] = Requirement(
                raw["id"], raw["clause"], raw["kind"], raw["asks"], str(raw.get("figures", ""))
            )
    if faults:
        raise Faults(faults)
    return tuple(found.values())


def unaccounted(policy: Policy, requirements: Sequence[Requirement], name: str) -> list[Fault]:
    """This function will give a fault for each requirement that no row answers, and each answer to none."""
    known = {requirement.id: requirement for requirement in requirements}
    answered = {answer for row in policy.rows for answer in row.answers}
    missing = [
        Fault(
            name,
            f"No row answers requirement '{requirement.id}' (clause {requirement.clause}).",
            "Add it to the answers of a row, or put it under [[elsewhere]].",
        )
        for requirement in requirements
        if requirement.id not in answered
    ]
    unknown = [
        Fault(name, f"Row '{row.id}' answers '{answer}', which is not a requirement.", nearest(answer, known))
        for row in policy.rows
        for answer in row.answers
        if answer not in known
    ]
    return missing + unknown
