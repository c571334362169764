"""Referrals to services outside: what each is for and asks, what may follow what, and what is missing before one goes.

It is pure but for the file of purposes, which is read once: the state of a referral, what the record knows and what somebody means
to do go in; what comes next, or every sentence that stands against it, comes out.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from fanlight.places import referrals_file

State = Literal["draft", "sent", "received", "accepted", "declined", "done", "withdrawn"]
STATES: Mapping[str, str] = MappingProxyType(
    {
        "draft": "Draft",
        "sent": "Sent, not received",
        "received": "Received",
        "accepted": "Accepted",
        "declined": "Declined",
        "done": "Done",
        "withdrawn": "Withdrawn",
    }
)
MAY: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "draft": {"sent": "sent", "withdrawn": "withdrawn"},
        "sent": {"received": "received", "accepted": "accepted", "declined": "declined", "withdrawn": "withdrawn"},
        "received": {"accepted": "accepted", "declined": "declined", "done": "done", "withdrawn": "withdrawn"},
        "accepted": {"done": "done", "declined": "declined", "withdrawn": "withdrawn"},
        "declined": {
            "challenged": "declined",
            "escalated": "declined",
            "accepted": "accepted",
            "withdrawn": "withdrawn",
        },
        "done": {},
        "withdrawn": {},
    }
)
"""What may be said of a referral in each state, and the state that follows."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "sent": "Sent",
        "received": "They have received it",
        "accepted": "They have accepted it",
        "declined": "They have declined it",
        "challenged": "We have challenged the refusal",
        "escalated": "It has been escalated",
        "done": "It is done: they have done what they could",
        "withdrawn": "We withdraw it, or let it rest",
    }
)
MUST_SAY_WHY = ("declined", "challenged", "escalated", "withdrawn")

PERMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        "given": "Yes, they gave permission",
        "endangers": "No: asking would put somebody at risk",
        "refused": "No, they refused",
        "not_asked": "No, they were not asked, for another reason",
    }
)
OWN_TEAMS = frozenset({"case_officer", "community_safety", "independent_living", "people_and_culture"}) | {
    "colleague_policy",
    "safeguarding_children_team",
}
"""Kinds of service that are the landlord's own: what goes there is handed over within the house."""


MARAC = "marac"
CRITERIA = "criteria"
"""The kind of service whose referral asks for criteria besides, and the field of its form in which they stand: it is not typed."""


class ReferralFault(Exception):
    """The file of what referrals are for cannot be used; the message says every fault, each on a line."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a form: what it asks, and from what in the case it is filled in first, if from anything."""

    name: str
    ask: str
    filled_from: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a referral is for: the kind of service, the form, what to bear in mind, and the rules of its own."""

    id: str
    to: str
    title: str
    fields: tuple[Field, ...]
    say: tuple[str, ...] = ()
    permission: str = ""
    at_own_request: bool = False
    same_day: bool = False
    challenge: str = ""
    escalate_to: str = ""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the record knows that bears on a referral: who agreed to which services, and the facts that hold."""

    consented_to: Collection[str] = ()
    facts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms somebody means to send it: with their permission or why without, and whether it was their own request."""

    permission: str = ""
    reason: str = ""
    own_request: bool = False


REASONS_ON_RECORD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"child": ("asking_endangers_child", "child_at_risk"), "adult": ("capacity_in_doubt",)}
)
"""Facts that are reason enough by themselves to go without permission."""


def is_outside(kind: str) -> bool:
    """This function will say whether a kind of service is outside the landlord: then its referral has a page of its own."""
    return bool(kind) and kind not in OWN_TEAMS


def state_of(stored: str, received: bool | None) -> State:
    """This function will give the state of a referral: what is stored, and whether its entry was received.

    `received` is None where the entry no longer stands: it was struck, and what it says was not sent.
    """
    if stored != "sent":
        return stored  # type: ignore[return-value]  # the table holds no other word
    if received is None:
        return "withdrawn"
    return "received" if received else "sent"


def next_state(state: str, what: str) -> str | None:
    """This function will give the state after something is said of a referral, or None where that cannot be said of it now."""
    return MAY.get(state, {}).get(what)


def lacks(purpose: Purpose, terms: Terms, on_record: OnRecord) -> dict[str, str]:
    """This function will say what is missing before a referral may go, by the name of what is asked for.

    A child or an adult at risk: their permission, or the reason why without. A service for people who cause harm: their own request.
    """
    found: dict[str, str] = {}
    if purpose.at_own_request and not (terms.own_request or purpose.to in on_record.consented_to):
        found["own_request"] = "It goes only where they asked for it themselves: say that they did, or leave it."
    if not purpose.permission or purpose.to in on_record.consented_to or terms.permission in ("given", "endangers"):
        return found
    if any(fact in on_record.facts for fact in REASONS_ON_RECORD[purpose.permission]):
        return found
    if terms.permission not in PERMISSIONS:
        found["permission"] = "Say whether they gave permission."
    elif not any(letter.isalnum() for letter in terms.reason):
        found["reason"] = "Say why it goes without their permission."
    return found


# ── The file ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FILLED_FROM = frozenset(
    {
        *("", "person_at_risk", "safe_ways", "children", "adult_at_risk", "causing_harm"),
        *("risk", "criteria", "permission", "officer"),
        *(
            "person_whole",
            "address",
            "ways",
            "children_whole",
            "causing_harm_whole",
            "last_referral",
            "consent",
            "landlord",
        ),
    }
)
_TEXTS = ("id", "to", "title", "permission", "challenge", "escalate_to")
_SWITCHES = ("at_own_request", "same_day")
OTHER = "other"


@cache
def purposes_of(landlord_id: str) -> Mapping[str, Purpose]:
    """This function will give what a landlord's referrals may be for, by id. It raises ReferralFault with every fault at once."""
    return read_purposes(referrals_file(landlord_id))


def forget() -> None:
    """This function will make the next question read the files again."""
    purposes_of.cache_clear()


def purpose_for(landlord_id: str, kind: str) -> Purpose:
    """This function will give what a referral to a kind of service is usually for."""
    every = purposes_of(landlord_id)
    found = [one for one in every.values() if one.to == kind]
    # Where a kind has several, the one that is named like it is the usual one.
    return next((one for one in found if one.id == kind), found[0] if found else every[OTHER])


def read_purposes(file: Path) -> Mapping[str, Purpose]:
    """This function will read a file of purposes. It raises ReferralFault with every fault at once."""
    where = f"{file.parent.name}/{file.name}"
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReferralFault(f"{where} cannot be read: {error}.") from error
    faults = [f"{where}{fault}" for fault in _faults(said)]
    if faults:
        raise ReferralFault("\n".join(faults))
    fields = {name: Field(name, one["ask"], one.get("from", "")) for name, one in said["fields"].items()}
    return MappingProxyType({one["id"]: _purpose(one, fields) for one in said["purpose"]})


def _purpose(said: Mapping[str, Any], fields: Mapping[str, Field]) -> Purpose:
    return Purpose(
        id=said["id"],
        to=said["to"],
        title=said["title"],
        fields=tuple(fields[name] for name in said["fields"]),
        say=tuple(said.get("say", ())),
        permission=said.get("permission", ""),
        at_own_request=said.get("at_own_request", False),
        same_day=said.get("same_day", False),
        challenge=said.get("challenge", ""),
        escalate_to=said.get("escalate_to", ""),
    )


def _faults(said: Mapping[str, Any]) -> Iterator[str]:
    for name in said:
        if name not in ("dated", "fields", "purpose"):
            yield f": {name} is not a word here; use dated, fields and purpose."
    fields, purposes = said.get("fields"), said.get("purpose")
    if not isinstance(fields, dict) or not isinstance(purposes, list):
        yield ": it needs a table [fields] and a [[purpose]] for each thing that a referral may be for."
        return
    for name, one in fields.items():
        if not isinstance(one, dict) or not isinstance(one.get("ask"), str) or not one["ask"]:
            yield f", fields, {name}: it does not say what it asks."
        elif one.get("from", "") not in FILLED_FROM:
            yield f", fields, {name}: from is {one['from']!r}; use one of {', '.join(sorted(FILLED_FROM - {''}))}."
    seen: set[str] = set()
    for number, one in enumerate(purposes, start=1):
        yield from (f", purpose {number}{fault}" for fault in _faults_of(one, fields, seen))
    if OTHER not in seen:
        yield ': it needs a purpose with the id "other", for what has none of its own.'


def _faults_of(one: Any, fields: Mapping[str, Any], seen: set[str]) -> Iterator[str]:
    if not isinstance(one, dict):
        yield ": it must be a table."
        return
    for name, value in one.items():
        yield from _shape_fault(name, value)
    for name in ("id", "title"):
        if not one.get(name):
            yield f": it has no {name}."
    if "to" not in one or (one.get("to") == "" and one.get("id") != OTHER):
        yield ": it does not say to which kind of service."
    if one.get("id") in seen:
        yield f": two have the id {one['id']}."
    seen.add(str(one.get("id", "")))
    if one.get("permission", "") not in ("", *REASONS_ON_RECORD):
        yield f": permission is {one['permission']!r}; it must be child or adult."
    names = one.get("fields")
    if not isinstance(names, list) or not names:
        yield ": its form asks nothing."
        return
    for name in names:
        if name not in fields:
            yield f": {name} is not one of [fields]."


def _shape_fault(name: str, value: object) -> Iterator[str]:
    if name in _TEXTS:
        if not isinstance(value, str):
            yield f": {name} must be words in quotes."
    elif name in _SWITCHES:
        if not isinstance(value, bool):
            yield f": {name} must be true or false."
    elif name in ("fields", "say"):
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            yield f": {name} must be a list of words in quotes."
    else:
        yield f": {name} is not a word here."
