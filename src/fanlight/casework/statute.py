"""The statutory test: whether what is known of a report is domestic abuse as the law has it; pure, but for reading the law's file.

It answers yes, no, or not known yet, and what to ask next. It is a help to whoever triages, who decides.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from fanlight.places import statute_file
from fanlight.policy.vocabulary import BEHAVIOURS, CONNECTIONS, NONE_OF_THESE

Outcome = Literal["fits", "child", "harm_by_child", "does_not_fit", "not_known"]

OLDEST = 120
"""No age is above it, and none is below nought."""


@dataclass(frozen=True, slots=True)
class Statute:
    """What the law asks, as it is in force from a day: the ages, the ways of being connected, the kinds, each with where it says so."""

    name: str
    source: str
    in_force_from: date
    nations: tuple[str, ...]
    age: int
    age_cite: str
    child_until: int
    child_cite: str
    connected_cite: str
    abusive_cite: str
    ways: Mapping[str, str]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known so far. An age of None is not known; so are no ways and no kinds. The word `none` says that there are none."""

    age_at_risk: float | None = None
    age_causing_harm: float | None = None
    ways: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the test: yes, no, or None for not known; why, in a sentence; and the provision."""

    name: str
    holds: bool | None
    because: str
    cite: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the test found. `ask` are the facts that are not known and would decide it.

    `is_child_too`: somebody who may be a party is 16 or 17, and a child for safeguarding as well.
    """

    outcome: Outcome
    parts: tuple[Part, ...]
    ask: tuple[str, ...]
    is_child_too: bool
    statute: Statute


def find(known: Known, statute: Statute) -> Finding:
    """This function will say whether what is known is domestic abuse under a statute."""
    parts = (
        _age("survivor_age", "The person at risk", known.age_at_risk, statute),
        _age("perpetrator_age", "The person causing harm", known.age_causing_harm, statute),
        _among("connection", known.ways, statute.ways, dict(CONNECTIONS), statute.connected_cite, _NOT_CONNECTED),
        _among("behaviour", known.kinds, statute.kinds, dict(BEHAVIOURS), statute.abusive_cite, _NOT_ABUSIVE),
    )
    ages = (known.age_at_risk, known.age_causing_harm)
    return Finding(
        outcome=_outcome(parts),
        parts=parts,
        # What is settled by a no needs no more questions, but for the age: a child is sent another way.
        ask=tuple(part.name for part in parts if part.holds is None and (_is_open(parts) or part.name in AGES)),
        is_child_too=any(age is not None and statute.age <= age < statute.child_until for age in ages),
        statute=statute,
    )


AGES = ("survivor_age", "perpetrator_age")
_NOT_CONNECTED = "They are connected in none of the ways of the Act."
_NOT_ABUSIVE = "The behaviour is none that the Act calls abusive."
_NOT_KNOWN = {
    "connection": "Nobody has said how the two stand to each other.",
    "behaviour": "Nobody has said what kind of behaviour it is.",
}


def _outcome(parts: tuple[Part, ...]) -> Outcome:
    at_risk, causing_harm, *_ = parts
    if at_risk.holds is False:
        return "child"
    if causing_harm.holds is False:
        return "harm_by_child"
    if any(part.holds is False for part in parts):
        return "does_not_fit"
    return "fits" if all(part.holds for part in parts) else "not_known"


def _is_open(parts: tuple[Part, ...]) -> bool:
    return all(part.holds is not False for part in parts)


def _age(name: str, who: str, age: float | None, statute: Statute) -> Part:
    if age is None:
        return Part(name, None, f"{who}: the age is not known.", statute.age_cite)
    if age < statute.age:
        return Part(name, False, f"{who} is under {statute.age}.", statute.age_cite)
    return Part(name, True, f"{who} is {statute.age} or over.", statute.age_cite)


def _among(
    name: str, said: frozenset[str], law: Mapping[str, str], titles: Mapping[str, str], cite: str, refused: str
) -> Part:
    met = [word for word in law if word in said]
    if met:
        sentence = "; ".join(titles.get(word, word) for word in met)
        return Part(name, True, f"{sentence}.", ", ".join(law[word] for word in met))
    if NONE_OF_THESE in said:
        return Part(name, False, refused, cite)
    return Part(name, None, _NOT_KNOWN[name], cite)


def statute_at(day: date) -> Statute:
    """This function will give the test that is in force on a day; the first where none is yet."""
    tests = statutes()
    return next((one for one in reversed(tests) if one.in_force_from <= day), tests[0])


@cache
def statutes() -> tuple[Statute, ...]:
    """This function will read the law's file, once: the oldest test first."""
    said = tomllib.loads(statute_file().read_text(encoding="utf-8"))
    return tuple(sorted((_statute(one) for one in said["test"]), key=lambda one: one.in_force_from))


def _statute(said: Mapping[str, Any]) -> Statute:
    return Statute(
        name=said["name"],
        source=said["source"],
        in_force_from=said["in_force_from"],
        nations=tuple(said["nations"]),
        age=said["age"],
        age_cite=said["age_cite"],
        child_until=said["child_until"],
        child_cite=said["child_cite"],
        connected_cite=said["connected_cite"],
        abusive_cite=said["abusive_cite"],
        ways=MappingProxyType(dict(said["ways"])),
        kinds=MappingProxyType(dict(said["kinds"])),
    )


def age_on(born: date, day: date) -> int:
    """This function will give the age of somebody on a day; whoever is born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
