"""Referrals to services outside: what each is for and asks, what may follow what, and what is missing before one goes.

It is pure but for the file of purposes, which is read once: the state of a referral, what the record knows and what somebody means
to do go in; what comes next, or every sentence that stands against it, comes out.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
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


Fault = tuple[str, str, str]
"""Where, what is wrong, and how to mend it."""


class ReferralFault(Exception):
    """The file of what referrals are for cannot be used: every fault at once, each on a line of the message."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{where}: {says} {mend}".rstrip() for where, says, mend in self.faults))


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
        raise ReferralFault([(where, f"It cannot be read: {error}.", "Mend that first.")]) from error
    if faults := [(f"{where}{row}", says, mend) for row, says, mend in _faults(said)]:
        raise ReferralFault(faults)
    fields = {name: Field(name, one["ask"], one.get("from", "")) for name, one in said["fields"].items()}
    return MappingProxyType({one["id"]: _purpose(one, fields) for one in said["purpose"]})


def file_faults(landlord_ids: Iterable[str], kinds: Callable[[str], Collection[str]]) -> Iterator[Fault]:
    """This function will say what is wrong with the files of these landlords, each once: where, what, and how to mend it.

    `kinds` gives the kinds of service that there are for a landlord; none where its policy cannot be read.
    """
    told: set[Fault] = set()
    for landlord in landlord_ids:
        file = referrals_file(landlord)
        where = f"{file.parent.name}/{file.name}"
        try:
            every = read_purposes(file)
        except ReferralFault as wrong:
            found: Iterable[Fault] = wrong.faults
        else:
            # The file for all has more kinds than one landlord need have.
            own = file.parent.name == landlord
            found = _unknown_kinds(every.values(), where, kinds(landlord) if own else ())
        for fault in found:
            if fault not in told:
                told.add(fault)
                yield fault


def _unknown_kinds(purposes: Iterable[Purpose], where: str, kinds: Collection[str]) -> Iterator[Fault]:
    for number, one in enumerate(purposes, start=1):
        if one.to and kinds and one.to not in kinds:
            yield (
                f"{where}, purpose {number}",
                f"to is '{one.to}', which is no kind of service.",
                nearest(one.to, kinds),
            )


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


def _faults(said: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong: the row, what is said of it, and how to mend it."""
    for name in said:
        if name not in ("dated", "fields", "purpose"):
            yield "", f"{name} is not a word here.", "Use dated, fields and purpose."
    fields, purposes = said.get("fields"), said.get("purpose")
    if not isinstance(fields, dict) or not isinstance(purposes, list):
        yield (
            "",
            "It needs a table [fields], and a [[purpose]] for each thing that a referral may be for.",
            "Begin with a copy of the file that ships.",
        )
        return
    for name, one in fields.items():
        yield from _field_faults(name, one)
    seen: list[object] = []
    for number, one in enumerate(purposes, start=1):
        yield from ((f", purpose {number}", says, mend) for says, mend in _faults_of(one, fields, seen))
    if OTHER not in seen:
        yield "", f'It needs a purpose with the id "{OTHER}", for what has none of its own.', "Add it as the last one."


def _field_faults(name: str, one: Any) -> Iterator[Fault]:
    row = f", fields, {name}"
    if not isinstance(one, dict) or not isinstance(one.get("ask"), str) or not one["ask"]:
        yield row, "It does not say what it asks.", 'Write ask = "…".'
        return
    for word in one.keys() - {"ask", "from"}:
        yield row, f"{word} is not a word here.", "Use ask and from."
    source = one.get("from", "")
    if not isinstance(source, str) or source not in FILLED_FROM:
        yield row, f"from is {source!r}.", f"Use one of {', '.join(sorted(FILLED_FROM - {''}))}."


def _faults_of(one: Any, fields: Mapping[str, Any], seen: list[object]) -> Iterator[tuple[str, str]]:
    if not isinstance(one, dict):
        yield "It must be a table.", "Write [[purpose]] above it."
        return
    for name, value in one.items():
        yield from _shape_fault(name, value)
    for name in ("id", "title"):
        if not one.get(name):
            yield f"It has no {name}.", f'Write {name} = "…".'
    if isinstance(one.get("id"), str) and one["id"] and not _ID.fullmatch(one["id"]):
        yield f"Its id is {one['id']!r}, which stands in addresses.", "Use small letters, digits and _."
    if "to" not in one or (one.get("to") == "" and one.get("id") != OTHER):
        yield "It does not say to which kind of service.", 'Write to = "…", with a word of the policies.'
    if one.get("id") in seen:
        yield f"Two have the id {one['id']}.", "Give one of them another."
    seen.append(one.get("id", ""))
    if one.get("permission", "") not in ("", *REASONS_ON_RECORD):
        yield f"permission is {one['permission']!r}.", f"Use {' or '.join(REASONS_ON_RECORD)}, or leave it out."
    names = one.get("fields")
    if not isinstance(names, list) or not names:
        yield "Its form asks nothing.", "Write fields = [ … ], of those in [fields]."
        return
    for name in names:
        if isinstance(name, str) and name not in fields:
            yield f"{name} is not one of [fields].", nearest(name, fields)


def nearest(word: str, known: Iterable[str]) -> str:
    """This function will name the known word that is most like a word, or all of them."""
    every = sorted(known)
    close = get_close_matches(word[:80], every, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"Use one of {', '.join(every)}."


_ID = re.compile("[a-z0-9_-]+")


def _shape_fault(name: str, value: object) -> Iterator[tuple[str, str]]:
    if name in _TEXTS:
        if not isinstance(value, str):
            yield f"{name} must be words in quotes.", f'Write {name} = "…".'
    elif name in _SWITCHES:
        if not isinstance(value, bool):
            yield f"{name} must be true or false.", "Write it without quotes."
    elif name in ("fields", "say"):
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            yield f"{name} must be a list of words in quotes.", f'Write {name} = ["…"].'
    else:
        yield f"{name} is not a word here.", nearest(name, (*_TEXTS, *_SWITCHES, "fields", "say"))
