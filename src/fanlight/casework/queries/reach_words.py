"""Which entries reach somebody, and how that is said: on the story of a case, and to whoever records one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from fanlight.casework.rulings import Told
from fanlight.casework.safe_contact import MEANS, WHYS

REACHING = ("contact", "interview", "visit", "perpetrator_contact", "family_contact")
"""The kinds of entry by which somebody is reached. A briefing is another where it is to the person at risk.

What is noted of a conversation (consent, an assessment, a plan, support that was offered) is not among them: the conversation
is an entry of its own, and reached them. Nor is what a contractor does at a home, who goes by markers, nor what is sent to a
service. A letter is written through the same gate.
"""

SAY_HOW = (
    "Say whom you reached and how: choose the way on the page “Reach them”, which says at once whether it is safe. "
    "What was done already is recorded there as it was."
)

KIND_OF_PART: Mapping[str, str] = MappingProxyType(
    {
        "person_at_risk": "contact",
        "adult_at_risk": "contact",
        "causing_harm": "perpetrator_contact",
        "child": "family_contact",
        "household": "family_contact",
        "other": "family_contact",
        "witness": "learned",
        "reporter": "learned",
    }
)
"""The kind of entry by which contact with each is recorded: the policy's own gates stand before it."""

FITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contact": ("person_at_risk", "adult_at_risk"),
        "interview": ("person_at_risk", "adult_at_risk", "child"),
        "briefing": ("person_at_risk", "adult_at_risk"),
        "visit": ("person_at_risk", "adult_at_risk", "child", "household", "other", "witness", "reporter"),
        "perpetrator_contact": ("causing_harm",),
        "family_contact": ("household", "child", "other", "adult_at_risk"),
    }
)
"""Of which parts those are whom an entry of each kind reaches."""

_STANDING = {
    "safe": "a way that was safe",
    "unsafe": "a way that was not safe",
    "not_known": "a way that nobody had said was safe",
}
_WITHOUT_A_WAY = ("in_person", "they_reached_us")
_OUTCOMES = {
    "seen": "They were seen, and are safe for now.",
    "not_seen": "They were not seen.",
    "police": "It is with the police.",
}


def reaches_out(kind: str, fields: Mapping[str, object]) -> bool:
    """This function will say whether an entry of a kind, with these fields, reaches somebody."""
    return kind in REACHING or (kind == "briefing" and fields.get("to") == "person_at_risk")


def reached_in_words(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """This function will say how somebody was reached, and what of it went past the gate; nothing of any other entry."""
    reach = payload.get("reach")
    if not reach:
        return ()
    if reach.get("settles"):
        return (_OUTCOMES.get(reach.get("outcome", ""), "Looked at by whoever answers for it."),)
    means = reach["means"]
    way = "" if means in _WITHOUT_A_WAY else f", {_STANDING[reach.get('standing', 'not_known')]}"
    lines = [f"{MEANS[means]}{way}."]
    if reach.get("result") == "no_answer":
        lines.append("No answer.")
    if past := reach.get("past"):
        why = "somebody was in immediate danger" if reach["because"] == "danger" else "it had been done already"
        lines.append(f"Past the safe-contact gate, since {why}. {WHYS[past].says} {reach['reason']}")
    return tuple(lines)


# ── What is projected of it ──────────────────────────────────────────────────────────────────────────────────────────

_ATTEMPTS = ("contact", "visit", "interview")


def result_of(row: Told) -> str:
    """This function will give what came of an entry by which somebody was reached: spoke, no_answer, declined, or nothing said."""
    reach = row.payload.get("reach") or {}
    said = row.payload["fields"].get("result") or reach.get("result") or ""
    return str(said) if said or row.kind != "interview" else "spoke"


def unanswered(standing: Iterable[Told], limit: int) -> tuple[int, datetime | None]:
    """This function will say how often the person at risk was tried without an answer since they were last spoken to, and since
    when a welfare check waits: from the attempt that made it the landlord's number."""
    tried = 0
    since: datetime | None = None
    for row in standing:
        reach = row.payload.get("reach") or {}
        if row.kind not in _ATTEMPTS and reach.get("settles") != "welfare":
            continue
        result = result_of(row)
        if reach.get("settles") or result in ("spoke", "declined"):
            tried, since = 0, None
        elif result == "no_answer":
            tried += 1
            since = since or (row.at if tried >= limit else None)
    return tried, since


def past_the_gate_since(standing: Iterable[Told]) -> datetime | None:
    """This function will give when somebody was first reached past the gate, of what nobody has looked at yet."""
    since: datetime | None = None
    for row in standing:
        reach = row.payload.get("reach") or {}
        if reach.get("settles") == "gate":
            since = None
        elif reach.get("past"):
            since = since or row.at
    return since
