"""The engine against the standard library: ruling a story of 60 entries, and parsing that story's JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from bench.stories import MADE_SAFE_TWICE, as_json
from fanlight.packs import landlord_ids, succession_for
from fanlight.policy import Policy, Ruling, read_story, rule

FIRST_DAY = date(2025, 1, 9)
ROUNDS = 2000
AT_ONCE = 1
"""How often each is done before the other has its turn: short turns, so that both meet the same weather."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for one ruling and for one parse, by their median and their least."""

    policy: str
    rows: int
    entries: int
    letters: int
    duties: int
    ruling: float
    parsing: float
    least_ruling: float
    least_parsing: float

    @property
    def ratio(self) -> float:
        """The median of the one against the median of the other."""
        return self.ruling / self.parsing

    @property
    def least_ratio(self) -> float:
        """The least of the one against the least of the other: with nothing in the way."""
        return self.least_ruling / self.least_parsing


def largest() -> Policy:
    """This function will give the policy with the most rows of all versions of all landlords."""
    versions = [version for landlord in landlord_ids() for version in succession_for(landlord).versions]
    return max(versions, key=lambda version: len(version.rows))


def measure() -> Measured:
    """This function will rule and parse in turn, and give what each took."""
    policy = largest()
    if policy.landlord_id != "connect":
        raise RuntimeError(
            f"The largest policy is {policy.name} now: tell a story of 60 entries under it in bench/stories.py."
        )
    text = json.dumps(as_json(MADE_SAFE_TWICE, FIRST_DAY))
    # As the product does: under the landlord's succession of versions.
    succession = succession_for(policy.landlord_id)
    story = read_story(json.loads(text), succession.vocabulary)
    now = story[-1].at + timedelta(hours=1)

    def one_ruling() -> Ruling:
        return rule(succession, story, now)

    def one_parse() -> object:
        return json.loads(text)

    _turn(one_ruling), _turn(one_parse)
    ruling, parsing = [], []
    for _ in range(ROUNDS):
        ruling.append(_turn(one_ruling))
        parsing.append(_turn(one_parse))
    return Measured(
        policy=policy.name,
        rows=len(policy.rows),
        entries=len(story),
        letters=len(text),
        duties=len(one_ruling().duties),
        ruling=median(ruling),
        parsing=median(parsing),
        least_ruling=min(ruling),
        least_parsing=min(parsing),
    )


def _turn(work: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(AT_ONCE):
        work()
    return (perf_counter() - began) / AT_ONCE
