"""May this person be reached in this way, at this moment? The one gate that every call, letter, message and visit passes.

It is pure: what is known of the person and what somebody means to do go in, the answer comes out. Not known is not safe: to a
way that nobody has said is safe, one discreet attempt, by voice or in person, to the person herself, number withheld, no
message, nothing said to anyone else; to an unsafe one, none. Immediate danger alone sets a refusal aside, with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain
from types import MappingProxyType

from fanlight.casework.addresses import postcode_in
from fanlight.casework.landlords import Length
from fanlight.casework.models.contact import ADDRESSES, Terms
from fanlight.casework.telephones import is_one_number
from fanlight.present import LONDON, day_of

MEANS: Mapping[str, str] = MappingProxyType(
    {
        "phone": "By telephone",
        "text": "By text message",
        "email": "By e-mail",
        "post": "By post",
        "visit": "By a visit to a home",
        "portal": "Through an online account",
        "in_person": "In person, away from any home",
        "they_reached_us": "They reached us: rang, wrote or came",
    }
)
"""How somebody is reached; the first six are also the kinds of way that are written down."""

VOICE_OR_IN_PERSON = ("phone", "visit", "in_person")
WRITTEN = ("text", "email", "post", "portal")
AGAINST_DANGER = (*VOICE_OR_IN_PERSON, "text")
NEEDS_NO_WAY = ("in_person", "they_reached_us", "portal")
INDEXED = ("phone", "text", "email", "post", "visit")
"""What goes to a number or an address."""
AT_A_TIME = ("phone", "text", "email", "visit")
"""What arrives when it is sent: a letter and a note in an account are read whenever they are read."""

DAYS: Mapping[str, str] = MappingProxyType(
    {
        "mon": "Monday",
        "tue": "Tuesday",
        "wed": "Wednesday",
        "thu": "Thursday",
        "fri": "Friday",
        "sat": "Saturday",
        "sun": "Sunday",
    }
)


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is not reached: in words, and what to do instead. `may_be_set_aside`: in immediate danger."""

    says: str
    instead: str
    may_be_set_aside: bool = True


WHYS: Mapping[str, Why] = MappingProxyType(
    {
        "joined": Why("This case was joined to another.", "Reach them from the case that it was joined to.", False),
        "closed": Why("This case is closed.", "Open it again first.", False),
        "another": Why(
            "That number or address is somebody else's, and not theirs.",
            "Use a way of their own; or reach that person in their own part, if they are to be spoken to at all.",
            False,
        ),
        "child": Why(
            "They are a child: a child is not contacted directly.",
            "Speak to the parent or carer who is safe, or agree it with children's social care; then say which.",
        ),
        "protected": Why(
            "That address is protected, and you are not one of those who may know it.",
            "Ask the safeguarding lead, who knows whom to ask.",
            False,
        ),
        "ended": Why("That way has ended: it is not theirs any more.", "Use a way that still holds, or ask for one."),
        "unsafe": Why(
            "That way is not safe.", "Use another way, or wait until they reach us. If there is none, ask the lead."
        ),
        "shared": Why(
            "The person causing harm, or their household, has the same number or address.",
            "Use a way that is theirs alone, or meet them away from home.",
        ),
        "hers": Why(
            "The person at risk has the same number or address.",
            "Do not use it: what is said to the one would reach the other. Use a way that is theirs alone.",
        ),
        "must_not_learn": Why(
            "Somebody who must not learn of it has the same number or address.",
            "Use a way that is theirs alone, or meet them away from home.",
        ),
        "elsewhere": Why(
            "It is not safe to reach them in this way now.", "Ask the safeguarding lead. Nothing more can be said here."
        ),
        "too_early": Why(
            "They asked to be contacted at a time of their own, which has not come.",
            "Wait for it: it is the deadline too, so nothing is late until then.",
        ),
        "which": Why(
            "It does not say by which number or address.",
            "Choose one of those on record, or write down the other one.",
        ),
        "not_known_written": Why(
            "Nobody has said that it is safe to write to them in this way: no letter, text, e-mail or message.",
            "Ring or see them once, discreetly, and ask which ways are safe.",
        ),
        "somebody_else": Why(
            "Nothing is said to anyone but them.",
            "Say that you have the wrong number or door, and end it. Try again when they can answer themselves.",
        ),
        "not_known_message": Why(
            "Nobody has said that a message is safe here: leave none.", "End the call. One more word may be heard."
        ),
        "number_shown": Why(
            "Nobody has said that this way is safe, and your number would show.", "Withhold your number first."
        ),
        "tried_once": Why(
            "The one discreet attempt by this way has been made, and nobody has said that it is safe.",
            "Use another way, ask whoever told us of a safe one, or ask the manager for a welfare check.",
        ),
        "outside_times": Why("It is outside the days and times that are safe.", "Wait for the next safe moment."),
        "message": Why(
            "Nobody has said that a message may be left here.", "Leave none: try again at a time that is safe."
        ),
        "two_to_visit": Why("Two people must attend.", "Find a colleague to come with you, and say so."),
        "interpreter_relative": Why(
            "A relative or friend must not interpret.", "Book a professional interpreter whom they accept."
        ),
        "interpreter": Why(
            "They need an interpreter, and none is booked.", "Book a professional one whom they accept."
        ),
    }
)
"""Every reason for which the gate refuses. None names anybody, and none says from which case it is known."""


ON_NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class KnownWay:
    """A way of reaching somebody, as it stands at the moment that is asked about.

    `index` is the fingerprint of its number or address. `has_ended` where it was said to be theirs no more. `may_know` is
    whether whoever acts may know of it at all. `was_tried`: it was tried once in vain since they were last spoken to.
    `is_elsewhere`: it is known from a case that is not this one. Such a way forbids, and neither allows nor says anything.
    """

    kind: str
    index: str
    standing: str = "not_known"
    terms: Terms = ON_NO_TERMS
    has_ended: bool = False
    may_know: bool = True
    was_tried: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody who is to be reached, and all that is known of how, whatever case it is known from.

    `shared`, `must_not_learn` and `others` are the fingerprints of the numbers and addresses of the person causing harm and
    their household, of whoever must not learn of it, and of everybody else in the case; `elsewhere` those of the first two that
    are known from another case. `was_tried` are the numbers, addresses or means by which they were tried that are not on record.
    """

    part: str = "person_at_risk"
    is_named: bool = True
    """Whether they are somebody in the case; of one who is not yet, nothing is known by which they could be told apart."""
    case_status: str = "open"
    ways: Sequence[KnownWay] = ()
    shared: frozenset[str] = frozenset()
    must_not_learn: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    was_tried: frozenset[str] = frozenset()
    preferred_at: datetime | None = None
    two_to_visit: bool = False
    is_child: bool = False
    needs_interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody means to do, or did.

    `index` is the fingerprint of the number or address; empty where none is said. `to` is `themselves` or `somebody_else`.
    `through` is, for a child, with whom it is agreed: `safe_parent` or `social_care`. `interpreter` is `none`, `professional`,
    `other` (a relative or friend), or empty.
    """

    means: str
    at: datetime
    index: str = ""
    to: str = "themselves"
    leaves_message: bool = False
    number_shown: bool = False
    interpreter: str = ""
    two_attend: bool = False
    through: str = ""
    danger: bool = False
    """Somebody is in immediate danger, and this is done to prevent harm now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says.

    `because` is the reason's word, empty where nothing stands against it; `set_aside` is the reason that immediate danger sets
    aside, where it does. `next_at` is the next safe moment, where it is a matter of time. `how` are lines to go by. `standing`
    is that of the way. `may_be_set_aside` is whether immediate danger would set the refusal aside.
    """

    allowed: bool
    because: str = ""
    set_aside: str = ""
    next_at: datetime | None = None
    how: tuple[str, ...] = ()
    standing: str = "not_known"
    may_be_set_aside: bool = False

    @property
    def why(self) -> Why | None:
        """The reason in words, where there is one."""
        word = self.because or self.set_aside
        return WHYS[word] if word else None


def may_reach(whom: Whom, proposed: Proposed) -> Answer:
    """This function will say whether somebody may be reached so; how, or why not, and when."""
    if proposed.means not in MEANS:
        raise ValueError(f"{proposed.means} is no means of reaching anybody")
    if proposed.means == "they_reached_us":
        return Answer(True, how=_REACHED_US)
    every = _meant(whom, proposed)
    meant = tuple(way for way in every if not way.is_elsewhere)
    standing = _standing(meant)
    against = chain(_refusals(whom, proposed, meant, standing), _refusals_elsewhere(whom, proposed, every))
    refusal = next(against, None)
    if refusal is None:
        return Answer(True, how=_how(proposed, meant, standing), standing=standing)
    because, next_at = refusal
    if proposed.danger and _may_be_set_aside(whom, proposed, because):
        return Answer(True, set_aside=because, how=_how(proposed, meant, standing), standing=standing)
    is_open = _may_be_set_aside(whom, proposed, because)
    return Answer(False, because, next_at=next_at, standing=standing, may_be_set_aside=is_open)


NO_POSTCODE = "no postcode"
"""What is written in an address that has none."""
FEWEST_DIGITS = 6
_WRITE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("phone", "text"), "Write one whole telephone number, in figures."),
        "email": "Write the whole e-mail address.",
        **dict.fromkeys(
            ADDRESSES, f"Write the address with its postcode. If it has none, write “{NO_POSTCODE}” after it."
        ),
    }
)


def fault_of(kind: str, value: str) -> str:
    """This function will say what is wrong with a number or an address as it was typed, or nothing: it must be known again by it."""
    match kind:
        case "phone" | "text":
            is_whole = is_one_number(value) and sum(letter.isdecimal() for letter in value) >= FEWEST_DIGITS
        case "email":
            is_whole = "@" in value.strip("@")
        case "post" | "visit":
            is_whole = bool(postcode_in(value)) or NO_POSTCODE in value.casefold()
        case _:
            return ""
    return "" if is_whole else _WRITE[kind]


def standing_at(standing: str, confirmed_at: datetime | None, confirmed_for: Length, moment: datetime) -> str:
    """This function will give how a way stands at a moment: safe no longer than the landlord's period from when it was confirmed."""
    if standing != "safe":
        return standing
    if confirmed_at is None:
        return "not_known"
    until = confirmed_for.after(day_of(confirmed_at))
    return "safe" if day_of(moment) <= until else "not_known"


def next_safe(terms: Terms, moment: datetime) -> datetime:
    """This function will give the first moment from this one on that is within the days and times of a way."""
    local = moment.astimezone(LONDON)
    if _within(terms, local):
        return local
    since = _time(terms.since) or time()
    for days in range(9):
        day = local.date() + timedelta(days=days)
        begins = datetime.combine(day, since, LONDON)
        if begins > local and _within(terms, begins):
            return begins
    return local


def _may_be_set_aside(whom: Whom, proposed: Proposed, because: str) -> bool:
    """Danger is met by voice, by a text or in person; reaching the person causing harm past the gate makes nobody safer."""
    return WHYS[because].may_be_set_aside and proposed.means in AGAINST_DANGER and whom.part != "causing_harm"


def _meant(whom: Whom, proposed: Proposed) -> tuple[KnownWay, ...]:
    """The ways that are meant: the number or address, by this means; those that have ended only where no other is left."""
    if proposed.means == "in_person":
        return ()
    of_the_kind = [way for way in whom.ways if way.kind == proposed.means]
    if proposed.means == "portal":
        found = of_the_kind
    else:
        found = [way for way in of_the_kind if proposed.index and way.index == proposed.index]
    return tuple(way for way in found if not way.has_ended) or tuple(found)


def _standing(meant: Sequence[KnownWay]) -> str:
    """The worst that anybody has said; nobody's word that it is safe counts for nothing where another says that it is not."""
    said = {way.standing for way in meant if not way.has_ended}
    return next((standing for standing in ("unsafe", "safe") if standing in said), "not_known")


Refusal = tuple[str, datetime | None]


def _refusals(whom: Whom, proposed: Proposed, meant: Sequence[KnownWay], standing: str) -> Iterator[Refusal]:
    """This function will give the reasons against it, the gravest first."""
    if whom.case_status in ("joined", "closed"):
        yield whom.case_status, None
    if whom.is_child and not (proposed.through and _gentle(proposed, standing)):
        yield "child", None
    if any(not way.may_know for way in meant) or (not meant and _may_be_protected(whom, proposed)):
        yield "protected", None
    if standing == "unsafe":
        yield "unsafe", None
    yield from _of_whose_it_is(whom, proposed.index)
    if meant and all(way.has_ended for way in meant):
        yield "ended", None
    if proposed.to != "themselves":
        yield "somebody_else", None
    if whom.preferred_at is not None and proposed.at < whom.preferred_at:
        yield "too_early", whom.preferred_at.astimezone(LONDON)
    if proposed.means != "in_person" and standing != "safe":
        yield from _of_one_not_known(whom, proposed, meant)
    yield from _of_its_terms(proposed, meant)
    yield from _of_who_comes(whom, proposed)


def _may_be_protected(whom: Whom, proposed: Proposed) -> bool:
    """Of somebody who has an address that one may not know, every address that is not on record gets one answer: no guess is confirmed."""
    return proposed.means in ADDRESSES and any(
        way.kind in ADDRESSES and not way.may_know and not way.has_ended and not way.is_elsewhere for way in whom.ways
    )


def _of_whose_it_is(whom: Whom, index: str) -> Iterator[Refusal]:
    if not index:
        return
    if index in whom.shared:
        yield "hers" if whom.part == "causing_harm" else "shared", None
    if index in whom.must_not_learn:
        yield "must_not_learn", None
    if index in whom.others and index not in {way.index for way in whom.ways}:
        yield "another", None


def _of_its_terms(proposed: Proposed, meant: Sequence[KnownWay]) -> Iterator[Refusal]:
    for way in meant:
        is_bound = proposed.means in AT_A_TIME and not way.has_ended
        if is_bound and not _within(way.terms, proposed.at.astimezone(LONDON)):
            yield "outside_times", next_safe(way.terms, proposed.at)
    if proposed.leaves_message and not _message_may_be_left(meant):
        yield "message", None


def _of_who_comes(whom: Whom, proposed: Proposed) -> Iterator[Refusal]:
    if proposed.means == "visit" and whom.two_to_visit and not proposed.two_attend:
        yield "two_to_visit", None
    if proposed.interpreter == "other":
        yield "interpreter_relative", None
    if whom.needs_interpreter and proposed.means in VOICE_OR_IN_PERSON and proposed.interpreter != "professional":
        yield "interpreter", None


def _refusals_elsewhere(whom: Whom, proposed: Proposed, meant: Sequence[KnownWay]) -> Iterator[Refusal]:
    """What is known from other cases forbids as well, and the answer does not say what it is."""
    local = proposed.at.astimezone(LONDON)
    for way in meant:
        late = proposed.means in AT_A_TIME and not _within(way.terms, local)
        if way.is_elsewhere and (way.standing == "unsafe" or way.has_ended or late or not way.may_know):
            yield "elsewhere", None
    if proposed.index and proposed.index in whom.elsewhere:
        yield "elsewhere", None


def _of_one_not_known(whom: Whom, proposed: Proposed, meant: Sequence[KnownWay]) -> Iterator[Refusal]:
    """To a way not known to be safe: one discreet attempt, by voice or in person."""
    means = proposed.means
    if means in WRITTEN:
        yield "not_known_written", None
    if not proposed.index and means in INDEXED and whom.is_named:
        yield "which", None
    if proposed.leaves_message:
        yield "not_known_message", None
    if means == "phone" and proposed.number_shown:
        yield "number_shown", None
    if any(way.was_tried for way in meant) or (proposed.index or means) in whom.was_tried:
        yield "tried_once", None


def _gentle(proposed: Proposed, standing: str) -> bool:
    """A child is reached in person, or by a way that is known to be safe."""
    return proposed.means == "in_person" or standing == "safe"


def _message_may_be_left(meant: Sequence[KnownWay]) -> bool:
    """A message is left only where it may be: where somebody said so, and nobody said that it may not."""
    said = {way.terms.may_leave_message for way in meant if way.standing == "safe" and not way.has_ended}
    return True in said and False not in said


def _within(terms: Terms, local: datetime) -> bool:
    """Whether a moment lies within the days and times; from late to early is a night, of the day on which it begins."""
    since, until = _time(terms.since), _time(terms.until)
    day = local
    if since and until and since > until:
        if local.time() < until:
            day = local - timedelta(days=1)
        elif local.time() < since:
            return False
    elif (since and local.time() < since) or (until and local.time() >= until):
        return False
    return not terms.days or tuple(DAYS)[day.weekday()] in terms.days


def _time(said: str) -> time | None:
    return time.fromisoformat(said) if said else None


_REACHED_US = ("Ask first whether it is safe to talk now.", "Ask which ways are safe from now on, and write them down.")
_DISCREET = (
    "This way is not known to be safe: one discreet attempt, and no more.",
    "Speak to nobody but them. To anyone else, say that you have the wrong number or door.",
    "Leave no message, and no card.",
    "Ask first whether it is safe to talk now, and then which ways are safe.",
)

_UNSAFE = (
    "This way is not safe. Use it for nothing but the danger that there is now.",
    "Speak to nobody but them, and leave no message and no card.",
)


def _how(proposed: Proposed, meant: Sequence[KnownWay], standing: str) -> tuple[str, ...]:
    """This function will give what to go by: whom to ask for, what to say and what never to say."""
    lines: list[str] = []
    if standing == "unsafe":
        lines += ["Withhold your number.", *_UNSAFE] if proposed.means == "phone" else _UNSAFE
    elif standing != "safe" and proposed.means != "in_person":
        lines += ["Withhold your number.", *_DISCREET] if proposed.means == "phone" else _DISCREET
    for terms in dict.fromkeys(way.terms for way in meant if not way.has_ended and way.may_know):
        lines += terms_in_words(terms)
    if standing == "safe" and proposed.means == "phone" and not _message_may_be_left(meant):
        lines.append("Leave no message.")
    if proposed.two_attend:
        lines.append("Two of you attend.")
    return tuple(dict.fromkeys(lines))


def terms_in_words(terms: Terms) -> tuple[str, ...]:
    """This function will put the terms of a way into lines: when, whom to ask for, the words, the message."""
    lines = []
    if when := times_in_words(terms):
        lines.append(f"Only {when}.")
    for label, said in (
        ("Ask for", terms.ask_for),
        ("Say", terms.words),
        ("Never say", terms.not_words),
        ("Code word", terms.code_word),
        ("Must not learn of it", terms.must_not_learn),
    ):
        if said:
            lines.append(f"{label}: {said}")
    if terms.may_leave_message is not None:
        lines.append("A message may be left." if terms.may_leave_message else "Leave no message.")
    return tuple(lines)


def times_in_words(terms: Terms) -> str:
    """This function will say the days and times of a way: "Monday and Tuesday, 9:30 to 15:00"; nothing where it is any time."""
    days = [DAYS[day] for day in DAYS if day in terms.days]
    said = " and ".join(part for part in (", ".join(days[:-1]), *days[-1:]) if part)
    hours = ""
    if terms.since and terms.until:
        hours = f"from {terms.since} to {terms.until}"
    elif terms.since or terms.until:
        hours = f"from {terms.since}" if terms.since else f"before {terms.until}"
    return ", ".join(part for part in (f"on {said}" if said else "", hours) if part)
