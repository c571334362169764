"""Conditions: yes, no, and not known yet (LANGUAGE.md section 3), and patterns over entries (section 4).

A condition `holds` True, False or None (unknown), by Kleene's rules: *any* is true as soon as one part is,
*all* is false as soon as one part is, and otherwise an unknown part makes the whole unknown.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol

from fanlight.policy.faults import nearest, nearest_or_list
from fanlight.policy.story import Entry, Value
from fanlight.policy.vocabulary import DERIVED, ENTRY_KINDS, Term, Vocabulary

Truth = bool | None


class Scope(Protocol):
    """Where an atom looks a name up: facts, or an entry's fields before its facts."""

    def get(self, name: str, /) -> Value | None:
        """This function will give the value of a name, or None where it is unknown."""


class EntryScope:
    """The names of one entry: its own fields first, then the facts as it leaves them."""

    __slots__ = ("entry", "facts", "own")

    def __init__(self, entry: Entry, facts: Mapping[str, Value]) -> None:
        self.entry = entry
        self.facts = facts
        self.own = ENTRY_KINDS[entry.kind].fields

    def get(self, name: str, /) -> Value | None:
        if name in self.own:
            return self.entry.fields.get(name)
        if name == "of":
            return self.entry.of
        if name == "id":
            return self.entry.id
        return self.facts.get(name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a gate looks at beside the facts: the proposed entry (`it`), and the story before it."""

    it: EntryScope
    past: Sequence[EntryScope]


@dataclass(frozen=True, slots=True)
class It:
    """`it.FIELD`: the value that the proposed entry has or leaves."""

    name: str


Side = Value | It | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Atom:
    """One test of one name, with the words in which the file says it."""

    text: str
    name: str
    test: str
    side: Side = None
    of_silence: Truth = field(init=False, repr=False, compare=False)
    """What holds where the name is unknown."""
    of_value: Callable[[Value], Truth] | None = field(init=False, repr=False, compare=False)
    """What holds of a value; None where that hangs on the proposed entry."""

    def __post_init__(self) -> None:
        of_silence = self.test == "unknown" if self.test in ("known", "unknown") else None
        object.__setattr__(self, "of_silence", of_silence)
        object.__setattr__(self, "of_value", None if isinstance(self.side, It) else _test_of(self.test, self.side))

    def holds(self, scope: Scope, proposal: Proposal | None = None) -> Truth:
        value = scope.get(self.name)
        if value is None:
            return self.of_silence
        if self.of_value is not None:
            return self.of_value(value)
        side = proposal.it.get(self.side.name) if proposal and isinstance(self.side, It) else None
        return None if side is None else _test_of(self.test, side)(value)

    def names(self) -> Iterator[str]:
        yield self.name

    def unknown_names(self, scope: Scope) -> Iterator[str]:
        if self.holds(scope) is None:
            yield self.name

    def reasons(self, scope: Scope, wanted: bool = True) -> Iterator[Atom]:
        if self.holds(scope) is wanted:
            yield self if wanted else self.negated()

    def negated(self) -> Atom:
        """This function will give the atom that is true when this one is false."""
        opposite, said = _OPPOSITES[self.test]
        shown = _shown(self.side)
        text = {"yes": self.name, "no": f"not {self.name}"}.get(opposite, f"{self.name} {said} {shown}".strip())
        if self.test in ("in", "includes"):
            text = f"not {self.text}"
        return Atom(text, self.name, opposite, self.side)


def _as_yes(value: Value) -> bool:
    """A few words where yes or no would do mean yes: somebody said something."""
    return value if isinstance(value, bool) else True


def _shown(side: Side) -> str:
    if isinstance(side, It):
        return f"it.{side.name}"
    if isinstance(side, tuple):
        return ", ".join(side)
    return "" if side is None else str(side)


def _test_of(test: str, side: object) -> Callable[[Value], Truth]:
    """What a test, with its right-hand side, says of a value; unknown where the two are not of a kind."""
    match test, side:
        case "yes", _:
            return _as_yes
        case "no", _:
            return lambda value: not _as_yes(value)
        case (("known" | "unknown"), _):
            return lambda value: test == "known"
        case (("is" | "is not"), datetime()):
            return lambda value: (value == side) is (test == "is") if isinstance(value, datetime) else None
        case "is", _:
            return lambda value: value == side
        case "is not", _:
            return lambda value: value != side
        case "in", (tuple() | frozenset()):
            return lambda value: value in side
        case "not in", (tuple() | frozenset()):
            return lambda value: value not in side
        case "includes", str():
            return lambda value: side in value if isinstance(value, frozenset) else None
        case "not includes", str():
            return lambda value: side not in value if isinstance(value, frozenset) else None
        case ((">=" | "<=" | ">" | "<"), (int() | float())):
            compare = _COMPARISONS[test]
            return lambda value: compare(value, side) if isinstance(value, int | float) else None
    return lambda value: None


_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}

_OPPOSITES = {
    "yes": ("no", ""),
    "no": ("yes", ""),
    "known": ("unknown", "is unknown"),
    "unknown": ("known", "is known"),
    "is": ("is not", "is not"),
    "is not": ("is", "is"),
    "in": ("not in", ""),
    "not in": ("in", "in"),
    "includes": ("not includes", ""),
    "not includes": ("includes", "includes"),
    ">=": ("<", "<"),
    "<": (">=", ">="),
    ">": ("<=", "<="),
    "<=": (">", ">"),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole that one part can decide; otherwise an unknown part makes the whole unknown."""

    parts: tuple[Condition, ...]
    decisive: ClassVar[bool]

    def holds(self, scope: Scope, proposal: Proposal | None = None) -> Truth:
        decisive = self.decisive
        whole: Truth = not decisive
        for part in self.parts:
            truth = part.holds(scope, proposal)
            if truth is decisive:
                return truth
            if truth is None:
                whole = None
        return whole

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()

    def unknown_names(self, scope: Scope) -> Iterator[str]:
        if self.holds(scope) is None:
            for part in self.parts:
                yield from part.unknown_names(scope)

    def reasons(self, scope: Scope, wanted: bool = True) -> Iterator[Atom]:
        if self.holds(scope) is wanted:
            for part in self.parts:
                yield from part.reasons(scope, wanted)


@dataclass(frozen=True, slots=True)
class Any(Parts):
    """True as soon as one part is true."""

    decisive: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class All(Parts):
    """False as soon as one part is false."""

    decisive: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is false; unknown when its part is."""

    part: Condition

    def holds(self, scope: Scope, proposal: Proposal | None = None) -> Truth:
        truth = self.part.holds(scope, proposal)
        return None if truth is None else not truth

    def names(self) -> Iterator[str]:
        yield from self.part.names()

    def unknown_names(self, scope: Scope) -> Iterator[str]:
        yield from self.part.unknown_names(scope)

    def reasons(self, scope: Scope, wanted: bool = True) -> Iterator[Atom]:
        yield from self.part.reasons(scope, not wanted)


@dataclass(frozen=True, slots=True)
class Happened:
    """In a gate's `needs`: an entry of the story so far matches; with `latest`, the last one of its kind does."""

    patterns: tuple[Pattern, ...]
    latest: bool = False

    def holds(self, scope: Scope, proposal: Proposal | None = None) -> Truth:
        if proposal is None:
            return None
        return any(self._found(pattern, proposal) for pattern in self.patterns)

    def _found(self, pattern: Pattern, proposal: Proposal) -> bool:
        it = proposal.it.entry.id
        of_kind = (past for past in reversed(proposal.past) if past.entry.kind == pattern.kind)
        for past in of_kind:
            if pattern.matches(past, it, proposal):
                return True
            if self.latest:
                return False
        return False

    def names(self) -> Iterator[str]:
        return iter(())

    def unknown_names(self, scope: Scope) -> Iterator[str]:
        return iter(())

    def reasons(self, scope: Scope, wanted: bool = True) -> Iterator[Atom]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Never:
    """The word `"never"`: nothing opens this gate but an override."""

    def holds(self, scope: Scope, proposal: Proposal | None = None) -> Truth:
        return False

    def names(self) -> Iterator[str]:
        return iter(())

    def unknown_names(self, scope: Scope) -> Iterator[str]:
        return iter(())

    def reasons(self, scope: Scope, wanted: bool = True) -> Iterator[Atom]:
        return iter(())


Condition = Atom | Any | All | Not | Happened | Never


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of entry, perhaps `of it`, perhaps with atoms that the entry must meet."""

    text: str
    kind: str
    of_it: bool
    atoms: tuple[Atom, ...]

    def matches(
        self,
        scope: EntryScope,
        it: str | None = None,
        proposal: Proposal | None = None,
        *,
        unknown_matches: bool = False,
    ) -> bool:
        """This function will say whether an entry matches; `it` is the id of the entry that `of it` speaks of.

        An unknown atom does not match, but in a gate's `before`, where silence must not open the gate.
        """
        entry = scope.entry
        if entry.kind != self.kind or (self.of_it and (it is None or entry.of != it)):
            return False
        for atom in self.atoms:
            truth = atom.holds(scope, proposal)
            if truth is False or (truth is None and not unknown_matches):
                return False
        return True


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_BARE = re.compile(rf"(not )?({_NAME})")
_KNOWN = re.compile(rf"({_NAME}) is (not )?(known|unknown)")
_IS = re.compile(rf"({_NAME}) is (not )?(.+)")
_IN = re.compile(rf"({_NAME}) in (.+)")
_INCLUDES = re.compile(rf"({_NAME}) includes (.+)")
_NUMBER = re.compile(rf"({_NAME}) ?(>=|<=|>|<) ?(.+)")
_PATTERN = re.compile(rf"({_NAME})( of it)?(?: where (.+))?")
_IT = re.compile(rf"it\.({_NAME})")
_FIGURES = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

DEEPEST = 40
"""How many tables and lists of conditions may stand within one another: far more than anybody can read."""

Complain = Callable[[str, str], None]
"""Takes what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that an atom may use where it stands: facts, and the fields of the kinds it may speak of."""

    vocabulary: Vocabulary
    grades: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds of the entry whose fields come before facts; empty where only facts count."""
    it_kinds: tuple[str, ...] = ()
    """Kinds of the proposed entry, where `it.FIELD` may stand on the right-hand side."""

    def for_pattern(self, kind: str) -> Names:
        """This function will give the names that a pattern over `kind` may use."""
        return Names(self.vocabulary, self.grades, (kind,), self.it_kinds)

    def terms_of(self, name: str) -> list[Term] | None:
        """This function will give the terms that a name may stand for, or None if it is unknown.

        Of several kinds one is enough: in an entry of another kind the name is unknown, which opens no gate.
        """
        return [term for kind in self.kinds or ("",) if (term := self._term(name, kind))] or None

    def it_terms_of(self, name: str) -> list[Term] | None:
        """This function will give the terms that `it.NAME` may stand for, or None if it is unknown."""
        return [term for kind in self.it_kinds if (term := self._term(name, kind))] or None

    def known(self, kinds: Iterable[str]) -> list[str]:
        """This function will list every name that may stand for the kinds, for the nearest one to a misspelling."""
        own = [field for kind in kinds for field in ENTRY_KINDS[kind].fields]
        return [*own, *self.vocabulary.facts, *DERIVED]

    def _term(self, name: str, kind: str) -> Term | None:
        if kind:
            if field := ENTRY_KINDS[kind].fields.get(name):
                return field
            if name in ("of", "id"):
                return Term(name, "word", "")
        return self.vocabulary.facts.get(name) or DERIVED.get(name)


def read_condition(raw: object, names: Names, complain: Complain) -> Condition | None:
    """This function will read a condition: an atom, a bare list (all of it), or a table of any, all or not.

    What is wrong is told to `complain`; None is given where anything was.
    """
    return _read(raw, names, complain, in_gate=False) if _is_shallow(raw, complain) else None


def read_needs(raw: object, names: Names, complain: Complain) -> Condition | None:
    """This function will read what a gate needs: a condition in which `happened` and `latest` may stand, or "never"."""
    if raw == "never":
        return Never()
    return _read(raw, names, complain, in_gate=True) if _is_shallow(raw, complain) else None


def _is_shallow(raw: object, complain: Complain) -> bool:
    level: list[object] = [raw]
    for _ in range(DEEPEST):
        inner = [part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list)]
        level = [part for parts in inner for part in parts]
        if not level:
            return True
    complain("It is nested too deeply.", "Say it with fewer lists within lists.")
    return False


def _read(raw: object, names: Names, complain: Complain, *, in_gate: bool) -> Condition | None:
    if isinstance(raw, str):
        return read_atom(raw, names, complain)
    if isinstance(raw, list):
        return _read_parts(raw, All, names, complain, in_gate=in_gate)
    if isinstance(raw, dict) and len(raw) == 1:
        ((word, inner),) = raw.items()
        if word in ("any", "all"):
            if not isinstance(inner, list):
                complain(f"'{word}' takes a list of conditions.", f"Write {word} = [ … ].")
                return None
            return _read_parts(inner, Any if word == "any" else All, names, complain, in_gate=in_gate)
        if word == "not":
            part = _read(inner, names, complain, in_gate=in_gate)
            return Not(part) if part else None
        if in_gate and word in ("happened", "latest"):
            patterns = read_patterns(inner, names, complain)
            return Happened(patterns, latest=word == "latest") if patterns else None
    words = ("any", "all", "not", "happened", "latest") if in_gate else ("any", "all", "not")
    if isinstance(raw, dict) and len(raw) > 1:
        complain(f"A condition has one word, not {', '.join(raw)}.", "Put the conditions into one list: all = [ … ].")
    elif isinstance(raw, dict) and raw:
        (word,) = raw
        if word in ("happened", "latest"):
            complain(f"'{word}' may stand only in what a gate needs.", "")
        else:
            complain(f"'{word}' is not a word of a condition.", nearest_or_list(word, words))
    else:
        complain(f"'{raw}' is not a condition.", 'Write a test such as "children", or { any = [ … ] }.')
    return None


def _read_parts(
    raw: list[object], whole: type[Any | All], names: Names, complain: Complain, *, in_gate: bool
) -> Condition | None:
    if not raw:
        complain("A list of conditions is empty.", "Name at least one, or leave the condition out.")
        return None
    parts = [_read(part, names, complain, in_gate=in_gate) for part in raw]
    found = tuple(part for part in parts if part is not None)
    return whole(found) if len(found) == len(parts) else None


def read_atom(raw: str, names: Names, complain: Complain) -> Atom | None:
    """This function will read one atom and hold it against the vocabulary: the name, its type, a closed list."""
    text = " ".join(raw.split())
    if match := _BARE.fullmatch(text):
        return _checked(Atom(text, match[2], "no" if match[1] else "yes"), names, complain)
    if match := _KNOWN.fullmatch(text):
        known = (match[3] == "known") is not bool(match[2])
        return _checked(Atom(text, match[1], "known" if known else "unknown"), names, complain)
    if match := _IS.fullmatch(text):
        return _checked(Atom(text, match[1], "is not" if match[2] else "is", _side(match[3])), names, complain)
    if match := _NUMBER.fullmatch(text):
        return _checked(Atom(text, match[1], match[2], _number_side(match[3])), names, complain)
    if match := _IN.fullmatch(text):
        side = _side(match[2])
        words = side if isinstance(side, It) else tuple(word.strip() for word in match[2].split(",") if word.strip())
        return _checked(Atom(text, match[1], "in", words), names, complain)
    if match := _INCLUDES.fullmatch(text):
        return _checked(Atom(text, match[1], "includes", _side(match[2])), names, complain)
    complain(
        f"'{text}' is not a test.",
        "Write it as: children, not children, grade is high, area in Leeds, Kirklees, score >= 14,"
        " flags includes x, or area is known.",
    )
    return None


def _side(text: str) -> str | It:
    match = _IT.fullmatch(text)
    return It(match[1]) if match else text


def _number_side(text: str) -> float | str | It:
    if match := _IT.fullmatch(text):
        return It(match[1])
    if not _FIGURES.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


_TYPES_OF_TEST: Mapping[str, tuple[tuple[str, ...], str]] = {
    "yes": (("yes/no", "either"), "is not a yes/no fact"),
    "no": (("yes/no", "either"), "is not a yes/no fact"),
    "is": (("word", "text", "either"), "is not a word"),
    "is not": (("word", "text", "either"), "is not a word"),
    "in": (("word", "text", "either"), "is not a word"),
    "includes": (("set of words",), "is not a set of words"),
    ">=": (("number",), "is not a number"),
    "<=": (("number",), "is not a number"),
    ">": (("number",), "is not a number"),
    "<": (("number",), "is not a number"),
}

_HOW_TO_TEST = {
    "yes/no": "Write '{0}' or 'not {0}'.",
    "either": "Write '{0}', 'not {0}' or '{0} is …'.",
    "number": "Write '{0} >= …'.",
    "word": "Write '{0} is …'.",
    "text": "Write '{0} is …' or '{0} is known'.",
    "set of words": "Write '{0} includes …'.",
    "moment": "Write '{0} is known'.",
}


def _checked(atom: Atom, names: Names, complain: Complain) -> Atom | None:
    terms = names.terms_of(atom.name)
    if terms is None:
        speaks_of = f"a fact, nor a field of {' or '.join(names.kinds)}" if names.kinds else "a fact"
        neither = "neither " if names.kinds else "not "
        complain(
            f"'{atom.name}' (in '{atom.text}') is {neither}{speaks_of}.", nearest(atom.name, names.known(names.kinds))
        )
        return None
    if isinstance(atom.side, It):
        if not names.it_kinds:
            complain(f"'{atom.text}': 'it.' may stand only in a gate.", "Write a word or a number instead.")
            return None
        if names.it_terms_of(atom.side.name) is None:
            complain(
                f"'it.{atom.side.name}' (in '{atom.text}') is neither a fact, nor a field of {' or '.join(names.it_kinds)}.",
                nearest(atom.side.name, names.known(names.it_kinds)),
            )
            return None
    if atom.test in ("known", "unknown"):
        return atom
    allowed, what = _TYPES_OF_TEST[atom.test]
    for term in terms:
        # Two things of the same type may be held against each other, whatever the type.
        alike = atom.test in ("is", "is not") and isinstance(atom.side, It)
        if term.type not in allowed and not alike:
            complain(f"'{atom.text}': '{atom.name}' {what}.", _HOW_TO_TEST[term.type].format(atom.name))
            return None
    if atom.test in (">=", "<=", ">", "<") and isinstance(atom.side, str):
        complain(f"'{atom.text}': '{atom.side}' is not a number.", "Write a number after the sign.")
        return None
    words = [atom.side] if isinstance(atom.side, str) else atom.side if isinstance(atom.side, tuple) else []
    for term in terms:
        known = (
            dict.fromkeys(names.grades) if term.name == "grade" and names.grades else names.vocabulary.titles_of(term)
        )
        for word in words:
            if known is not None and word not in known:
                complain(f"'{word}' (in '{atom.text}') is not a word of '{atom.name}'.", nearest_or_list(word, known))
                return None
    return atom


def read_patterns(raw: object, names: Names, complain: Complain) -> tuple[Pattern, ...] | None:
    """This function will read a pattern or a list of them; None, with complaints, where anything is wrong."""
    texts = raw if isinstance(raw, list) else [raw]
    if not texts:
        complain("A list of patterns is empty.", "Name at least one kind of entry.")
        return None
    found = [_read_pattern(text, names, complain) for text in texts]
    patterns = tuple(pattern for pattern in found if pattern is not None)
    return patterns if len(patterns) == len(found) else None


def _read_pattern(raw: object, names: Names, complain: Complain) -> Pattern | None:
    if not isinstance(raw, str):
        complain(f"'{raw}' is not a pattern.", 'Write a kind of entry, such as "referral where to is marac".')
        return None
    text = " ".join(raw.split())
    match = _PATTERN.fullmatch(text)
    if not match:
        complain(f"'{text}' is not a pattern.", "Write it as: KIND, KIND of it, or KIND where … and ….")
        return None
    kind, of_it, where = match.groups()
    if kind not in ENTRY_KINDS:
        complain(f"'{kind}' (in '{text}') is not a kind of entry.", nearest(kind, ENTRY_KINDS))
        return None
    within = names.for_pattern(kind)
    atoms = [read_atom(part, within, complain) for part in _split(where, within)] if where else []
    sound = tuple(atom for atom in atoms if atom is not None)
    return Pattern(text, kind, of_it is not None, sound) if len(sound) == len(atoms) else None


def _split(where: str, names: Names) -> list[str]:
    """Split at `and`, but not within an open word that has one in it: `area is Telford and Wrekin`.

    Names begin in lower case; a part that does not belongs to the word before it.
    """
    parts: list[str] = []
    for part in where.split(" and "):
        open_word = parts and (match := re.match(rf"({_NAME}) (?:is|in|includes) ", parts[-1])) and match[1]
        if open_word and not part[:1].islower() and _takes_any_word(open_word, names):
            parts[-1] = f"{parts[-1]} and {part}"
        else:
            parts.append(part)
    return parts


def _takes_any_word(name: str, names: Names) -> bool:
    terms = names.terms_of(name)
    return terms is not None and all(names.vocabulary.titles_of(term) is None for term in terms)
