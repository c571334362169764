"""Short ways to write policies and stories in tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from fanlight.packs import bank_holidays
from fanlight.policy import Entry, Policy, Ruling, Succession, read_policy, read_story, rule, succession_of
from fanlight.policy.clock import read_moment

HEAD = """
[policy]
id = "larch"
landlord = "Larch Homes"
title = "Domestic abuse policy"
version = "{version}"
in_force_from = {since}
nation = "{nation}"
{more}

[roles]
case_officer = "Case officer"
housing_manager = "Housing manager"
"""


def policy(
    rows: str = "", *, version: str = "1", since: str = "2020-01-01", nation: str = "england", more: str = ""
) -> Policy:
    """This function will read a policy whose head is Larch Homes' and whose rows are given."""
    head = HEAD.format(version=version, since=since, nation=nation, more=more)
    return read_policy(head + rows, f"larch/{version}.toml", bank_holidays())


def duty(id: str = "call", **keys: str) -> str:
    """This function will write a duty row; each value is TOML."""
    given = {"clause": '"1"', "must": '"Do it."', "who": '"case_officer"', **keys}
    if "upon" not in given and "when" not in given:
        given["upon"] = '"report"'
    return f'\n[[duty]]\nid = "{id}"\n' + "".join(f"{key} = {value}\n" for key, value in given.items())


def gate(id: str = "stop", **keys: str) -> str:
    """This function will write a gate row; each value is TOML."""
    given = {"clause": '"1"', "before": '"share"', "needs": '"never"', "refuse": '"Not yet."', **keys}
    return f'\n[[gate]]\nid = "{id}"\n' + "".join(f"{key} = {value}\n" for key, value in given.items())


def told(*entries: Mapping[str, object]) -> list[dict[str, object]]:
    """This function will date entries that give no moment one hour apart, from Monday 2 March 2026 at 9."""
    return [
        {"at": f"2026-03-02T{9 + place:02}:00", **entry} if "at" not in entry else dict(entry)
        for place, entry in enumerate(entries)
    ]


def story_of(of: Policy | Succession, *entries: Mapping[str, object]) -> tuple[Entry, ...]:
    """This function will read entries as a story in a policy's vocabulary."""
    return read_story(told(*entries), of.vocabulary)


def at(text: str) -> datetime:
    """This function will read a moment."""
    moment = read_moment(text)
    assert moment is not None, text
    return moment


def ruled(of: Policy | Succession, entries: Sequence[Mapping[str, object]], now: str = "2026-03-02T23:00") -> Ruling:
    """This function will rule a story at a moment."""
    return rule(of, story_of(of, *entries), at(now))


def standing(
    of: Policy | Succession, entries: Sequence[Mapping[str, object]], now: str = "2026-03-02T23:00"
) -> list[tuple[str, str]]:
    """This function will give the id and state of every duty."""
    return [(one.id, one.state) for one in ruled(of, entries, now).duties]


def versions(*policies: Policy) -> Succession:
    """This function will put policies in succession."""
    return succession_of(policies)


def day(text: str) -> date:
    """This function will read a day."""
    return date.fromisoformat(text)
