"""What is to be worked out of a referral to the MARAC: the flag, the repeat, which criteria apply; pure.

A case is flagged from the day of the last referral, whoever made it, and abuse between the same people in that time goes back to the
MARAC, whatever its score. Twelve months are 365 days after the day of the referral, counted one by one: the 365th is in, the 366th is
not. Where a 29 February lies between, the last day is therefore the one before the same date of the next year.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal

FLAGGED_FOR = timedelta(days=365)

CRITERIA: Mapping[str, str] = MappingProxyType(
    {
        "judgement": "Professional judgement",
        "high_risk": "Visible high risk",
        "escalation": "It is getting worse",
        "repeat": "Repeat: it was referred in the twelve months before",
    }
)
ASKS: Mapping[str, str] = MappingProxyType(
    {
        "judgement": "In your professional judgement, is the risk high enough for the MARAC?",
        "high_risk": "Is the risk high by the assessment?",
        "escalation": "Is it getting worse: so many incidents reported to the police within twelve months?",
        "repeat": "Is it a repeat: abuse within twelve months of the last referral, by whichever agency?",
    }
)

What = Literal["referral", "abuse", "police"]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that bears on it: a referral to the MARAC, abuse, or a report to the police. `on` is the day on which it happened,
    and `at` the moment at which it was told; `agency` is who referred, where it was not the landlord."""

    what: What
    on: date
    at: datetime
    sequence: int = 0
    agency: str = ""
    reference: str = ""
    """The case that it stands in, where that is another one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with the MARAC on a day: the last referral, until when it is flagged, and abuse since that goes back.

    `until` is the last day of the flag, also where that is over (`is_flagged`). `repeat` is the first abuse since the last referral that
    came within twelve months of it: it stands until somebody refers again.
    """

    last: Happened
    until: date
    is_flagged: bool
    repeat: Happened | None


def flagged_until(referred_on: date) -> date:
    """This function will give the last day on which abuse is a repeat after a referral on a day."""
    return referred_on + FLAGGED_FOR


def is_repeat(referred_on: date, abuse_on: date) -> bool:
    """This function will say whether abuse on a day is a repeat after a referral on a day."""
    return referred_on <= abuse_on <= flagged_until(referred_on)


def standing(happened: Iterable[Happened], today: date) -> Standing | None:
    """This function will say how things stand on a day; None where nobody has referred."""
    every = [one for one in happened if one.on <= today]
    referrals = [one for one in every if one.what == "referral"]
    if not referrals:
        return None
    last = max(referrals, key=lambda one: (one.on, one.at))
    since = sorted((one for one in every if _goes_back(one, last)), key=lambda one: (one.on, one.at))
    until = flagged_until(last.on)
    return Standing(last, until, today <= until, since[0] if since else None)


def _goes_back(one: Happened, last: Happened) -> bool:
    """Abuse of the day of the referral itself is a repeat where it was told after it: what was told before is what was referred."""
    if one.what != "abuse" or not is_repeat(last.on, one.on):
        return False
    return one.on > last.on or one.at > last.at


# ── The criteria ─────────────────────────────────────────────────────────────────────────────────────────────────────

JUDGED = frozenset({"judged_high", "grade_given"})
"""The facts by which a grade rests on somebody's judgement: ours, or another agency's."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the policy has a case as high risk: the fact that it turns on, and in words."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as it is proposed: whether the facts speak for it, and why. None: they do not say."""

    name: str
    title: str
    ask: str
    proposed: bool | None
    why: str


def criteria(
    *,
    is_high: bool,
    reasons: Iterable[Reason] = (),
    judged_high: bool | None,
    assessed: bool,
    police: Iterable[Happened] = (),
    enough: int,
    stands: Standing | None,
    today: date,
) -> tuple[Criterion, ...]:
    """This function will propose each criterion, with why. Whoever refers answers each, and need not agree.

    `is_high` is what the landlord's policy makes of the facts, and `reasons` what it turns on there; where the policy has no rules of its
    own for it, it is the grade of the assessment. `enough` is how many reports to the police in twelve months make it worse here.
    """
    every = tuple(reasons)
    visible = [one for one in every if one.fact not in JUDGED]
    by_judgement = [one for one in every if one.fact in JUDGED]
    counted = len({(one.on, one.at) for one in police if today - FLAGGED_FOR <= one.on <= today})
    proposed: dict[str, tuple[bool | None, str]] = {
        "judgement": _judgement(by_judgement, judged_high=judged_high),
        "high_risk": _high_risk(visible, is_high=is_high and not (every and not visible), assessed=assessed),
        "escalation": (
            counted >= enough or None,
            f"{_times(counted)} reported to the police in the last twelve months, as it is on record; here it takes {enough}.",
        ),
        "repeat": _repeat(stands),
    }
    return tuple(Criterion(name, title, ASKS[name], *proposed[name]) for name, title in CRITERIA.items())


def _judgement(reasons: Collection[Reason], *, judged_high: bool | None) -> tuple[bool | None, str]:
    if reasons or judged_high:
        return True, _joined(reasons) or "It was judged to be high."
    if judged_high is False:
        return None, "It was not judged to be high when it was asked. You may think otherwise today."
    return None, "Nobody has said yet. Your own judgement is enough, whatever the score."


def _high_risk(reasons: Collection[Reason], *, is_high: bool, assessed: bool) -> tuple[bool | None, str]:
    if is_high:
        return True, _joined(reasons) or "The assessment came out high."
    if assessed:
        return False, "The assessment came out lower."
    return None, "There is no assessment yet."


def _repeat(stands: Standing | None) -> tuple[bool | None, str]:
    if stands is None:
        return False, "No referral is on this record. Another agency may have made one: ask the coordinator."
    referred = f"Referred{f' by {stands.last.agency}' if stands.last.agency else ''} on {day_in_words(stands.last.on)}"
    if stands.repeat is not None:
        return True, f"{referred}, and abuse since, on {day_in_words(stands.repeat.on)}."
    if stands.is_flagged:
        return None, f"{referred}. New abuse until {day_in_words(stands.until)} is a repeat."
    return False, f"{referred}: more than twelve months ago."


def _joined(reasons: Iterable[Reason]) -> str:
    said = "; ".join(dict.fromkeys(one.words for one in reasons))
    return f"{said}." if said else ""


def _times(number: int) -> str:
    return "One incident" if number == 1 else f"{number or 'No'} incidents"


def day_in_words(day: date) -> str:
    """This function will write a day: 3 March 2026."""
    return f"{day.day} {day:%B %Y}"


def lacks(answers: Mapping[str, bool | None]) -> dict[str, str]:
    """This function will say what the answers to the criteria lack before a referral goes: each is answered, and one at least is yes."""
    found = {name: "Say yes or no." for name in CRITERIA if not isinstance(answers.get(name), bool)}
    if not found and not any(answers[name] for name in CRITERIA):
        found["criteria"] = "None of the criteria is met. Your own judgement is one: say yes to it where you think so."
    return found


def met(answers: Mapping[str, bool | None]) -> tuple[str, ...]:
    """This function will list the criteria that were answered yes, in order."""
    return tuple(name for name in CRITERIA if answers.get(name) is True)
