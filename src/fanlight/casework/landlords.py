"""What each landlord has set for itself: roles and what they may do, areas, periods, words, services.

It is read once from `landlord.toml` and `directory.toml` in the landlord's folder of policies,
and kept; `forget` makes the next question read it again.
"""

import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from fanlight.casework.sharing import AUTHORISED_WHEN
from fanlight.places import policies_folder

Scope = Literal["own", "team", "landlord"]
SCOPES: tuple[Scope, ...] = ("own", "team", "landlord")
OwnedBy = Literal["patch", "handed", "team", "chosen"]
OWNED_BY: tuple[OwnedBy, ...] = ("patch", "handed", "team", "chosen")
ALL_KINDS = "*"
# The permissions by which a role sees cases.
SEEING = frozenset({"case:see", "colleague_case:see", "report:triage"})

# What a landlord's staff call people, where the landlord says nothing.
OUR_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "person_at_risk": "person at risk",
        "person_causing_harm": "person causing harm",
        "case": "case",
        "customer": "customer",
    }
)

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


KINDS_KEPT: Mapping[str, str] = MappingProxyType(
    {
        "ordinary": "A case",
        "with_children": "A case with children in it",
        "colleague": "A case about a colleague",
        "not_domestic_abuse": "Not domestic abuse, or sent elsewhere",
        "joined": "A report that was joined to a case",
    }
)
"""The kinds of case for which a landlord says how long they are kept, as a page names them."""
_LONGEST_KEPT: Mapping[str, int] = MappingProxyType({"year": 100, "month": 1200, "week": 5200, "day": 36500})
"""Longer than this is a slip of the pen."""


class LandlordFault(Exception):
    """A landlord's own settings cannot be used; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Length:
    """So many years, months, weeks or days by the calendar, as a landlord's file says it: "6 years"."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    def after(self, day: date) -> date:
        """This function will give the day on which it has passed since a day; where that does not exist, the month's last."""
        return self._moved(day, self.number)

    def before(self, day: date) -> date:
        """This function will give the day so long before a day; where that does not exist, the month's last."""
        return self._moved(day, -self.number)

    def _moved(self, day: date, number: int) -> date:
        if self.unit in ("day", "week"):
            return day + timedelta(days=number * (7 if self.unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + number * (12 if self.unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


OUR_RETENTION: Mapping[str, Length] = MappingProxyType(
    {
        "ordinary": Length(6, "year"),
        "with_children": Length(25, "year"),
        "colleague": Length(6, "year"),
        "not_domestic_abuse": Length(1, "year"),
        "joined": Length(6, "year"),
    }
)
"""How long a case is kept from its closure where the landlord says nothing; its data protection officer has the last word."""

WAYS_IN: Mapping[str, str] = MappingProxyType(
    {
        "phone": "By telephone",
        "email": "By e-mail",
        "form": "On their own form",
        "portal": "Through their secure website",
        "post": "By post",
        "in_person": "In person",
    }
)
"""How a service takes a referral."""

OUR_MOVING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tell": (
            "Rents: statements and letters to the old home",
            "Housing benefit or universal credit",
            "Council tax",
            "Voters' register: anonymous registration",
            "Allocations and lettings of the new home",
        ),
        "silent": (
            "Repairs: jobs, text messages and the customer's record",
            "Contractors' job sheets and appointments",
            "Surveys and survey companies",
            "Mailing lists and newsletters",
            "Online account of the old tenancy",
            "Joint tenant's and household's record",
            "Record of the person causing harm",
            "Forwarding address in the void and key records",
        ),
    }
)
"""What is looked at when somebody moves without a trace, where the landlord says nothing: who is told, and who is kept silent."""


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """What the holders of a role may do, how far, and which kinds of entry they may record."""

    role: str
    scope: Scope
    permissions: frozenset[str]
    records: frozenset[str]

    def may_record(self, kind: str) -> bool:
        """This function will say whether the role may record this kind of entry at all."""
        return ALL_KINDS in self.records or kind in self.records


@dataclass(frozen=True, slots=True)
class AppRole:
    """What an app role of the landlord's identity provider gives: a role here, in some patches or in all of them."""

    role: str
    patches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose case it is, as the landlord's document has it: what is proposed at triage and when a case is given to somebody.

    `by` is patch (the officer in whose patch the home of the person at risk lies), handed (a role hands it to one of `roles`),
    team (anybody of `roles`, who leads fewest) or chosen (whoever triages chooses among `roles`).
    """

    by: OwnedBy = "chosen"
    roles: tuple[str, ...] = ()
    clause: str = ""
    handed_by: tuple[str, ...] = ()
    one_point_of_contact: bool = False
    """Whether the person at risk deals with one person: then changing who that is asks for a reason."""


@dataclass(frozen=True, slots=True)
class MarkerSettings:
    """Whom colleagues are told to speak to, in words that say nothing of why; and how long markers and address checks go by what is known.

    A marker is reviewed after `review_after` and ends after `ends_after`, unless whoever sets it says otherwise. An address is one at
    which to speak first for as long as a case is open, and for `after_closure` after it was closed.
    """

    speak_to: str
    phone: str
    review_after: Length
    ends_after: Length
    after_closure: Length

    @property
    def whom(self) -> str:
        """Whom to speak to, with the telephone number."""
        return f"{self.speak_to}, {self.phone}," if self.phone else self.speak_to


@dataclass(frozen=True, slots=True)
class SharingSettings:
    """When somebody else authorises a share, and after how long an agreement on sharing is looked at again."""

    authorised_when: tuple[str, ...]
    review_after: Length


@dataclass(frozen=True, slots=True)
class Seat:
    """Who speaks for the landlord at the MARAC of an area: the roles, and in words whoever has no account here."""

    roles: tuple[str, ...]
    also: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class MaracSettings:
    """Who speaks for the landlord at the MARAC of each area, as its document says; where an area has no seat, it names nobody.

    What we know is with the coordinator `returns_before` the meeting, unless the meeting says another day. Minutes are kept for
    `minutes_kept_for` after it, and never longer than their case. `escalation` is how many incidents reported to the police within
    twelve months make it worse, and `escalation_in` the same in areas whose MARAC says another number.
    """

    seats: Mapping[str, Seat]
    returns_before: Length
    minutes_kept_for: Length
    escalation: int
    escalation_in: Mapping[str, int]

    def incidents_to_police(self, area: str) -> int:
        """This function will say how many incidents reported to the police within twelve months make it worse in an area."""
        return self.escalation_in.get(area, self.escalation)


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the landlord's directory: what it is, where it works, and how it is reached."""

    id: str
    name: str
    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    for_whom: str = ""
    phone: str = ""
    hours: str = ""
    web: str = ""
    email: str = ""
    note: str = ""
    source: str = ""
    organisation: str = ""
    languages: tuple[str, ...] = ()
    """The languages in which it speaks to people, by their codes: en, cy, pl."""
    way: str = ""
    """How it takes a referral, one of WAYS_IN; where nothing is said, what is known of it says how."""
    form: str = ""
    """The name of its own form, where it wants that; `form_web` is where the form is found."""
    form_web: str = ""
    takes_referrals: bool = True
    assured: date | None = None
    """The day on which somebody last made sure that all of this is right."""
    challenge: str = ""
    """How a referral that it declined is challenged, where that is known of this very service; `escalate_to` is to whom it then goes."""
    escalate_to: str = ""

    def works_in(self, area: str) -> bool:
        """This function will say whether the service works in an area; where the area is not known, it may."""
        return not area or not self.areas or area in self.areas


@dataclass(frozen=True, slots=True)
class LandlordSettings:
    """Everything that a landlord has set for itself."""

    id: str
    name: str
    reference_prefix: str
    languages: tuple[str, ...]
    words: Mapping[str, str]
    areas: Mapping[str, tuple[str, ...]]
    triage_escalates_after: timedelta
    look_again_after: timedelta
    moving: Mapping[str, tuple[str, ...]]
    """The systems that must be told of a move without a trace (`tell`), and those kept silent about it (`silent`)."""
    confirmed_for: Length
    """How long a way of reaching somebody counts as safe from when it was confirmed; then it is not known again."""
    attempts_before_welfare_check: int
    """After so many attempts without an answer a welfare check is put to the manager."""
    retention: Mapping[str, Length]
    """How long a case of each kind of KINDS_KEPT is kept, from its closure."""
    markers: MarkerSettings
    sharing: SharingSettings
    marac: MaracSettings
    escalates_to: tuple[str, ...]
    when_the_lead_is_named: tuple[str, ...]
    """The roles that have a case which nobody of `escalates_to` may see."""
    roles: Mapping[str, RoleSettings]
    services: tuple[Service, ...]
    tenant: str
    """The tenant of the identity provider whose people are this landlord's; nothing where it has but one."""
    app_roles: Mapping[str, AppRole]
    ownership: Ownership
    instruments: tuple[str, ...]
    """The risk instruments that are offered, by id; none said: the one that the policy names."""
    assured_for: Length
    """How long what the directory says of a service counts as right from when somebody made sure of it."""

    @property
    def patches(self) -> tuple[str, ...]:
        """This function will list every patch, area by area."""
        return tuple(patch for patches in self.areas.values() for patch in patches)

    def area_of(self, patch: str) -> str:
        """This function will give the area in which a patch lies, or nothing where it is not known."""
        return next((area for area, patches in self.areas.items() if patch in patches), "")

    def roles_with(self, permission: str) -> tuple[str, ...]:
        """This function will list the roles that hold a permission."""
        return tuple(role for role, settings in self.roles.items() if permission in settings.permissions)

    def services_of(self, kind: str, area: str = "") -> tuple[Service, ...]:
        """This function will list the services of a kind that work in an area."""
        return tuple(service for service in self.services if kind in service.kinds and service.works_in(area))


def landlord_folders() -> Mapping[str, Path]:
    """This function will give the folder of every landlord that has a `landlord.toml`, by its id."""
    return {file.parent.name: file.parent for file in sorted(policies_folder().glob("*/landlord.toml"))}


@cache
def settings_of(landlord_id: str) -> LandlordSettings:
    """This function will give what a landlord has set for itself.

    It raises LandlordFault, with what is wrong and where, when the files cannot be used.
    """
    folder = policies_folder() / landlord_id
    return _read(landlord_id, folder / "landlord.toml", folder / "directory.toml")


def forget() -> None:
    """This function will make the next question read the files again."""
    settings_of.cache_clear()


def _read(landlord_id: str, settings_file: Path, directory_file: Path) -> LandlordSettings:
    """This function will read both files of a landlord."""
    where = f"{landlord_id}/landlord.toml"
    said = _toml(settings_file, where)
    if wrong := [f"{where}{fault}" for fault in _shape_faults(said, _SHAPE, "")]:
        raise LandlordFault("\n".join(wrong))
    periods = said.get("periods", {})
    roles = {role: _role(role, terms, f"{where}, roles.{role}") for role, terms in said.get("roles", {}).items()}
    escalates_to = tuple(said.get("triage", {}).get("escalates_to", ()))
    for role in escalates_to:
        if role not in roles:
            raise LandlordFault(f"{where}: triage escalates to {role}, which is not one of its roles.")
        if "report:triage" not in roles[role].permissions:
            raise LandlordFault(f"{where}: triage escalates to {role}, which does not have report:triage.")
    standing_in = tuple(said.get("triage", {}).get("when_the_lead_is_named", ()))
    _check_standing_in(standing_in, escalates_to, roles, where)
    for role in roles.values():
        _check_role(role, f"{where}, roles.{role.role}")
    name = said.get("name")
    prefix = said.get("reference_prefix")
    if not isinstance(name, str) or not name:
        raise LandlordFault(f"{where}: it has no name.")
    if not isinstance(prefix, str) or not re.fullmatch(r"[A-Z]{1,6}", prefix):
        raise LandlordFault(f"{where}: reference_prefix must be one to six capital letters.")
    return LandlordSettings(
        id=landlord_id,
        name=name,
        reference_prefix=prefix,
        languages=tuple(said.get("languages", ("en",))),
        words=MappingProxyType({**OUR_WORDS, **said.get("words", {})}),
        areas=MappingProxyType({area: tuple(patches) for area, patches in said.get("areas", {}).items()}),
        triage_escalates_after=_period(periods.get("triage_escalates_after", "2 hours"), where),
        look_again_after=_period(periods.get("look_again_after", "4 weeks"), where),
        moving=_moving(said.get("moving", {}), f"{where}, moving"),
        **_contact(said.get("contact", {}), f"{where}, contact"),
        retention=_retention(said.get("retention", {}), f"{where}, retention"),
        markers=_markers(said.get("markers", {}), f"{where}, markers"),
        sharing=_sharing(said.get("sharing", {}), f"{where}, sharing"),
        marac=_marac(said.get("marac", {}), said.get("areas", {}), roles, f"{where}, marac"),
        escalates_to=escalates_to,
        when_the_lead_is_named=standing_in,
        roles=MappingProxyType(roles),
        services=_services(directory_file, f"{landlord_id}/directory.toml"),
        tenant=str(said.get("single_sign_on", {}).get("tenant", "")),
        app_roles=MappingProxyType(_app_roles(said, roles, where)),
        ownership=_ownership(said.get("ownership", {}), roles, f"{where}, ownership"),
        instruments=tuple(said.get("risk", {}).get("instruments", ())),
        assured_for=_length(
            said.get("directory", {}).get("assured_for", "6 months"), f"{where}, directory, assured_for"
        ),
    )


_WORDS_ALL = "a list of words"
_ANYTHING = ""
_EACH = "*"
_SHAPE: Mapping[str, Any] = {
    "name": _ANYTHING,
    "reference_prefix": _ANYTHING,
    "languages": _WORDS_ALL,
    "words": dict.fromkeys(OUR_WORDS, "words in quotes"),
    "areas": {_EACH: _WORDS_ALL},
    "periods": {"triage_escalates_after": _ANYTHING, "look_again_after": _ANYTHING},
    "triage": {"escalates_to": _WORDS_ALL, "when_the_lead_is_named": _WORDS_ALL},
    "roles": {_EACH: {"scope": _ANYTHING, "permissions": _ANYTHING, "records": _ANYTHING}},
    "single_sign_on": {"tenant": "words in quotes", "app_roles": {_EACH: _ANYTHING}},
    "ownership": {
        "by": "words in quotes",
        "roles": _WORDS_ALL,
        "clause": "words in quotes",
        "handed_by": _WORDS_ALL,
        "one_point_of_contact": "true or false",
    },
    "directory": {"assured_for": _ANYTHING},
    "contact": {"confirmed_for": _ANYTHING, "attempts_before_welfare_check": _ANYTHING},
    "markers": {_EACH: _ANYTHING},
    "sharing": {"authorised_when": _WORDS_ALL, "review_agreements_after": _ANYTHING},
    "marac": {
        "returns_before": _ANYTHING,
        "minutes_kept_for": _ANYTHING,
        "escalation": _ANYTHING,
        "escalation_in": {_EACH: _ANYTHING},
        "seats": {_EACH: {"roles": _WORDS_ALL, "also": _WORDS_ALL, "clause": "words in quotes"}},
    },
    "moving": _ANYTHING,
    "retention": _ANYTHING,
    "risk": {"instruments": _WORDS_ALL},
}
"""The tables of `landlord.toml` and what stands in each. What holds anything here is looked at by its own reader."""
_TEXTS_OF_A_SERVICE = (
    *("for_whom", "phone", "hours", "web", "email", "note", "source"),
    *("organisation", "way", "form", "form_web", "challenge", "escalate_to"),
)
_SERVICE: Mapping[str, Any] = {
    **dict.fromkeys(("id", "name", *_TEXTS_OF_A_SERVICE), "words in quotes"),
    **dict.fromkeys(("kinds", "areas", "languages"), _WORDS_ALL),
    "takes_referrals": "true or false",
    "assured": "a day",
}


def _shape_faults(said: object, shape: object, place: str) -> Iterator[str]:
    """This function will say everything that stands where nothing is looked for, or is not what is looked for there."""
    if isinstance(shape, Mapping):
        if not isinstance(said, dict):
            yield f"{place}: it must be a table."
            return
        for name, value in said.items():
            inner = shape.get(name, shape.get(_EACH))
            if inner is None:
                near = get_close_matches(name, shape, 1)
                yield f"{place}: {name} is not a word here; " + (
                    f"did you mean {near[0]}?" if near else f"use {', '.join(shape)}."
                )
            else:
                yield from _shape_faults(value, inner, f"{place}, {name}")
    elif (
        (shape == "words in quotes" and not isinstance(said, str))
        or (shape == "true or false" and not isinstance(said, bool))
        or (shape == "a day" and (not isinstance(said, date) or isinstance(said, datetime)))
    ):
        yield f"{place}: it must be {shape}."
    elif shape == _WORDS_ALL and not (isinstance(said, list) and all(isinstance(word, str) for word in said)):
        yield f"{place}: it must be a list of words."


def _ownership(said: Mapping[str, Any], roles: Mapping[str, RoleSettings], where: str) -> Ownership:
    """This function will read whose case it is; where the landlord says nothing, whoever triages chooses."""
    for name in said:
        if name not in Ownership.__slots__:
            raise LandlordFault(f"{where}: {name} is not a word here; use {', '.join(Ownership.__slots__)}.")
    by = said.get("by", "chosen")
    if by not in OWNED_BY:
        raise LandlordFault(f"{where}: by is {by!r}; it must be one of {', '.join(OWNED_BY)}.")
    own, handed_by = tuple(said.get("roles", ())), tuple(said.get("handed_by", ()))
    for role in (*own, *handed_by):
        if role not in roles:
            raise LandlordFault(f"{where}: {role} is not one of the landlord's roles.")
    if by != "chosen" and not own:
        raise LandlordFault(f"{where}: say in roles who may have a case.")
    for role in own:
        if "case:write" not in roles[role].permissions:
            raise LandlordFault(f"{where}: {role} cannot have a case, since it does not have case:write.")
    return Ownership(by, own, str(said.get("clause", "")), handed_by, said.get("one_point_of_contact") is True)


def _app_roles(said: Mapping[str, Any], roles: Mapping[str, RoleSettings], where: str) -> dict[str, AppRole]:
    """This function will read which app roles give which roles."""
    patches = [patch for area in said.get("areas", {}).values() for patch in area]
    found = {}
    for name, gives in said.get("single_sign_on", {}).get("app_roles", {}).items():
        terms = {"role": gives} if isinstance(gives, str) else gives
        place = f"{where}, single_sign_on.app_roles, {name}"
        if not isinstance(terms, dict) or not isinstance(terms.get("role"), str) or terms["role"] not in roles:
            raise LandlordFault(f"{place}: it must give one of the landlord's roles.")
        _words(terms.get("patches", ()), f"{place}, patches")
        if wrong := [patch for patch in terms.get("patches", ()) if patch not in patches]:
            raise LandlordFault(f"{place}: {wrong[0]} is not one of the landlord's patches.")
        found[str(name)] = AppRole(terms["role"], tuple(terms.get("patches", ())))
    return found


def _toml(file: Path, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LandlordFault(f"{where} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LandlordFault(f"{where} is not UTF-8 text: save it as UTF-8.") from error
    except ValueError as error:
        raise LandlordFault(f"{where} is not TOML: {error}.") from error
    except RecursionError:
        raise LandlordFault(f"{where} is nested too deeply.") from None


def _role(role: str, terms: Mapping[str, Any], where: str) -> RoleSettings:
    scope = terms.get("scope", "own")
    if not isinstance(scope, str) or scope not in SCOPES:
        raise LandlordFault(f"{where}: scope is {scope!r}; it must be own, team or landlord.")
    permissions = _words(terms.get("permissions", ()), f"{where}, permissions")
    return RoleSettings(role, scope, permissions, _words(terms.get("records", ()), f"{where}, records"))


def _check_role(role: RoleSettings, where: str) -> None:
    """Who manages accounts sees no case, and an emergency lets nobody see cases who never does."""
    if "staff:administer" in role.permissions and role.permissions & SEEING:
        raise LandlordFault(f"{where}: a role that manages accounts may not see cases.")
    if "emergency:use" in role.permissions and "case:see" not in role.permissions:
        raise LandlordFault(f"{where}: a role without case:see may not have emergency:use.")


def _check_standing_in(
    standing_in: tuple[str, ...], escalates_to: tuple[str, ...], roles: Mapping[str, RoleSettings], where: str
) -> None:
    for role in standing_in:
        if role not in roles:
            raise LandlordFault(f"{where}: when_the_lead_is_named says {role}, which is not one of its roles.")
        if role in escalates_to:
            raise LandlordFault(f"{where}: when_the_lead_is_named says {role}, to which triage escalates already.")
    seen = {permission for role in standing_in for permission in roles[role].permissions}
    if standing_in and not {"case:see", "colleague_case:see"} <= seen:
        raise LandlordFault(
            f"{where}: of the roles of when_the_lead_is_named one must have case:see, and one colleague_case:see."
        )


def _words(said: object, where: str) -> frozenset[str]:
    if not isinstance(said, list | tuple) or not all(isinstance(word, str) for word in said):
        raise LandlordFault(f"{where}: it must be a list of words.")
    return frozenset(said)


def _period(said: object, where: str) -> timedelta:
    found = re.fullmatch(r"(\d+) (minute|hour|day|week)s?", said) if isinstance(said, str) else None
    if not found or int(found[1]) == 0:
        raise LandlordFault(f"{where}: {said!r} is not a period; write for example 2 hours, 5 days or 4 weeks.")
    return int(found[1]) * _UNITS[found[2]]


def _contact(said: Mapping[str, Any], where: str) -> dict[str, Any]:
    """This function will read how long a safe way counts as safe, and how many attempts come before a welfare check."""
    attempts = said.get("attempts_before_welfare_check", 3)
    if not isinstance(attempts, int) or isinstance(attempts, bool) or not 1 <= attempts <= _MOST_ATTEMPTS:
        raise LandlordFault(
            f"{where}: attempts_before_welfare_check is {attempts!r}; it must be a number from 1 to {_MOST_ATTEMPTS}."
        )
    length = _length(said.get("confirmed_for", "3 months"), f"{where}, confirmed_for")
    return {"confirmed_for": length, "attempts_before_welfare_check": attempts}


_MOST_ATTEMPTS = 20


OUR_DESK = "the office"
_GIVES_AWAY = re.compile(
    r"abuse|violen|domestic|victim|survivor|perpetrator|safeguard|vulnerab|marac|idva|refuge|risk", re.IGNORECASE
)


def _markers(said: Mapping[str, Any], where: str) -> MarkerSettings:
    """This function will read whom colleagues are told to speak to; a name that says why is refused."""
    known = MarkerSettings.__slots__
    for name in said:
        if name not in known:
            raise LandlordFault(f"{where}: {name} is not a word here; use {', '.join(known)}.")
    speak_to, phone = said.get("speak_to", OUR_DESK), said.get("phone", "")
    if not isinstance(speak_to, str) or not speak_to.strip() or not isinstance(phone, str):
        raise LandlordFault(
            f"{where}: speak_to must name a desk or a person, and phone be their number, both in quotes."
        )
    if found := _GIVES_AWAY.search(speak_to):
        raise LandlordFault(
            f"{where}: speak_to is {speak_to!r}, and {found[0]!r} says why; name a desk that is asked for many reasons."
        )
    lengths = {"review_after": "3 months", "ends_after": "6 months", "after_closure": "1 year"}
    given = {name: _length(said.get(name, usual), f"{where}, {name}") for name, usual in lengths.items()}
    day = date(2001, 1, 1)
    if given["ends_after"].after(day) < given["review_after"].after(day):
        raise LandlordFault(f"{where}: a marker is reviewed before it ends.")
    return MarkerSettings(speak_to.strip(), phone.strip(), **given)


def _sharing(said: Mapping[str, Any], where: str) -> SharingSettings:
    """This function will read when a share is authorised by somebody else; what is not said is as ours."""
    words = tuple(said.get("authorised_when", OUR_SHARING))
    for word in words:
        if word not in AUTHORISED_WHEN:
            raise LandlordFault(
                f"{where}, authorised_when: {word} is not a word here; use {', '.join(AUTHORISED_WHEN)}."
            )
    review = _length(said.get("review_agreements_after", "1 year"), f"{where}, review_agreements_after")
    return SharingSettings(words, review)


OUR_SHARING = ("against_refusal",)


def _marac(
    said: Mapping[str, Any], areas: Mapping[str, Any], roles: Mapping[str, RoleSettings], where: str
) -> MaracSettings:
    """This function will read who speaks for the landlord at the MARAC of each area; it says every fault at once."""
    wrong, seats = [], {}
    for area, terms in said.get("seats", {}).items():
        place = f"{where}, seats, {area}"
        seat = Seat(tuple(terms.get("roles", ())), tuple(terms.get("also", ())), str(terms.get("clause", "")))
        if area not in areas:
            wrong.append(f"{place}: {area} is not one of the landlord's areas.")
        if not seat.roles and not seat.also:
            wrong.append(
                f"{place}: say who goes, in roles or also; where the document names nobody, leave the area out."
            )
        for role in seat.roles:
            if role not in roles:
                wrong.append(f"{place}: {role} is not one of the landlord's roles.")
            elif "marac:see" not in roles[role].permissions:
                wrong.append(f"{place}: {role} does not have marac:see, and would not find the meeting.")
        seats[area] = seat
    lengths = {}
    for name, usual in (("returns_before", "3 days"), ("minutes_kept_for", "2 years")):
        try:
            lengths[name] = _length(said.get(name, usual), f"{where}, {name}")
        except LandlordFault as fault:
            wrong.append(str(fault))
    escalation, escalation_in = said.get("escalation", OUR_ESCALATION), said.get("escalation_in", {})
    for place, number in (
        ("escalation", escalation),
        *((f"escalation_in, {one}", escalation_in[one]) for one in escalation_in),
    ):
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            wrong.append(f"{where}, {place}: {number!r} is not a number of incidents; write 1 or more.")
    wrong += [
        f"{where}, escalation_in: {area} is not one of the landlord's areas."
        for area in escalation_in
        if area not in areas
    ]
    if wrong:
        raise LandlordFault("\n".join(wrong))
    return MaracSettings(
        MappingProxyType(seats), **lengths, escalation=escalation, escalation_in=MappingProxyType(dict(escalation_in))
    )


OUR_ESCALATION = 3
"""So many incidents reported to the police within twelve months, where the landlord does not say: the usual number."""


def _retention(said: object, where: str) -> Mapping[str, Length]:
    """This function will read how long each kind of case is kept; what is not said is as ours."""
    if not isinstance(said, dict):
        raise LandlordFault(f'{where}: it must be a table, [retention], with lines such as ordinary = "6 years".')
    for kind in said:
        if kind not in KINDS_KEPT:
            near = get_close_matches(str(kind), KINDS_KEPT, 1)
            meant = f"did you mean {near[0]}?" if near else f"it must be one of {', '.join(KINDS_KEPT)}."
            raise LandlordFault(f"{where}: {kind} is not a kind of case; {meant}")
    found = {**OUR_RETENTION, **{kind: _length(length, f"{where}, {kind}") for kind, length in said.items()}}
    day = date(2001, 1, 1)
    if found["with_children"].after(day) < found["ordinary"].after(day):
        raise LandlordFault(f"{where}: a case with children in it is kept no shorter than an ordinary one.")
    return MappingProxyType(found)


def _length(said: object, where: str) -> Length:
    found = re.fullmatch(r"([0-9]{1,5}) (year|month|week|day)s?", said) if isinstance(said, str) else None
    if not found or int(found[1]) == 0:
        raise LandlordFault(f"{where}: {said!r} is not a length of time; write for example 6 years or 18 months.")
    length = Length(int(found[1]), found[2])
    if length.number > _LONGEST_KEPT[length.unit]:
        raise LandlordFault(f"{where}: {length} is longer than {_LONGEST_KEPT['year']} years.")
    return length


def _moving(said: object, where: str) -> Mapping[str, tuple[str, ...]]:
    """This function will read the checklist of a move; what is not said is as ours."""
    if not isinstance(said, dict) or said.keys() - OUR_MOVING.keys():
        raise LandlordFault(f"{where}: it must be a table, [moving], with the lists tell and silent, and nothing else.")
    for name, systems in said.items():
        if not isinstance(systems, list) or not all(isinstance(one, str) and 0 < len(one) <= 120 for one in systems):
            raise LandlordFault(f"{where}, {name}: it must be a list of systems, each in 120 characters or fewer.")
    found = {**OUR_MOVING, **{name: tuple(systems) for name, systems in said.items()}}
    if not any(found.values()):
        raise LandlordFault(f"{where}: nothing is left to look at when somebody moves.")
    return MappingProxyType(found)


def _services(file: Path, where: str) -> tuple[Service, ...]:
    if not file.exists():
        return ()
    said = _toml(file, where)
    rows = said.get("service", [])
    wrong = [
        f"{where}: {name} is not a word here; head each service with [[service]]." for name in said if name != "service"
    ]
    if not isinstance(rows, list):
        wrong.append(f"{where}: head each service with [[service]].")
    else:
        for number, row in enumerate(rows, start=1):
            wrong += [f"{where}, service {number}{fault}" for fault in _shape_faults(row, _SERVICE, "")]
    if wrong:
        raise LandlordFault("\n".join(wrong))
    return tuple(_distinct((_service(row, where) for row in rows), where))


def _service(said: Mapping[str, Any], where: str) -> Service:
    if not said.get("id") or not said.get("name"):
        raise LandlordFault(f"{where}: a service has no id or no name.")
    service = service_of(said)
    if why_not := "; ".join(service_faults(service)):
        raise LandlordFault(f"{where}, {service.id}: {why_not}")
    return service


def service_of(said: Mapping[str, Any]) -> Service:
    """This function will make a service of what a file, or a row of ours, says of it; what it does not say is empty."""
    values: dict[str, Any] = {name: str(said.get(name, "")) for name in _TEXTS_OF_A_SERVICE}
    values |= {name: tuple(said.get(name, ())) for name in ("kinds", "areas", "languages")}
    assured = said.get("assured")
    values["assured"] = date.fromisoformat(assured) if isinstance(assured, str) else assured
    return Service(
        id=str(said["id"]),
        name=str(said["name"]),
        takes_referrals=said.get("takes_referrals", True) is not False,
        **values,
    )


def service_faults(service: Service) -> Iterator[str]:
    """This function will say what a service may not hold: a way in that is none, a language that is no code, where a refuge is."""
    if service.way and service.way not in WAYS_IN:
        yield f"way is {service.way!r}; it must be one of {', '.join(WAYS_IN)}."
    for language in service.languages:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
            yield f"{language!r} is not the code of a language: write for example en, cy or pl."
    if "refuge" in service.kinds:
        texts = (service.name, service.organisation, *(getattr(service, name) for name in _TEXTS_OF_A_SERVICE))
        if any(says_where(text) for text in texts):
            yield "it says where a refuge is: a refuge's address is held nowhere."


_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b[0-9]{1,4}[a-z]?,?\s+(?:[A-Z][\w'-]*\s+){1,3}"
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|court|drive|terrace|place|way|grove|crescent|gardens|row|square|hill|view)\b",
    re.IGNORECASE,
)


def says_where(text: str) -> bool:
    """This function will say whether a text has a postcode in it, or the number of a house with its street."""
    return bool(_POSTCODE.search(text) or _STREET.search(text))


def _distinct(services: Iterable[Service], where: str) -> Iterable[Service]:
    seen: set[str] = set()
    for service in services:
        if service.id in seen:
            raise LandlordFault(f"{where}: two services have the id {service.id}.")
        seen.add(service.id)
        yield service
