"""Reads `landlord.toml` and `directory.toml`, and says what is wrong in them and where."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fanlight.casework.landlords.faults import (
    ANYTHING,
    EACH,
    WORDS_ALL,
    LandlordFault,
    read_toml,
    read_words,
    shape_faults,
)
from fanlight.casework.landlords.lengths import read_length, read_period, read_retention
from fanlight.casework.landlords.services import read_services
from fanlight.casework.landlords.settings import (
    OUR_WORDS,
    OWNED_BY,
    SCOPES,
    SEEING,
    AppRole,
    LandlordSettings,
    MaracSettings,
    MarkerSettings,
    Ownership,
    RoleSettings,
    Seat,
    SharingSettings,
)
from fanlight.casework.sharing import AUTHORISED_WHEN
from fanlight.places import policies_folder

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
    said = read_toml(settings_file, where)
    if wrong := [f"{where}{fault}" for fault in shape_faults(said, _SHAPE, "")]:
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
        triage_escalates_after=read_period(periods.get("triage_escalates_after", "2 hours"), where),
        look_again_after=read_period(periods.get("look_again_after", "4 weeks"), where),
        moving=_moving(said.get("moving", {}), f"{where}, moving"),
        **_contact(said.get("contact", {}), f"{where}, contact"),
        retention=read_retention(said.get("retention", {}), f"{where}, retention"),
        markers=_markers(said.get("markers", {}), f"{where}, markers"),
        sharing=_sharing(said.get("sharing", {}), f"{where}, sharing"),
        marac=_marac(said.get("marac", {}), said.get("areas", {}), roles, f"{where}, marac"),
        escalates_to=escalates_to,
        when_the_lead_is_named=standing_in,
        roles=MappingProxyType(roles),
        services=read_services(directory_file, f"{landlord_id}/directory.toml"),
        tenant=str(said.get("single_sign_on", {}).get("tenant", "")),
        app_roles=MappingProxyType(_app_roles(said, roles, where)),
        ownership=_ownership(said.get("ownership", {}), roles, f"{where}, ownership"),
        instruments=tuple(said.get("risk", {}).get("instruments", ())),
        assured_for=read_length(
            said.get("directory", {}).get("assured_for", "6 months"), f"{where}, directory, assured_for"
        ),
    )


_SHAPE: Mapping[str, Any] = {
    "name": ANYTHING,
    "reference_prefix": ANYTHING,
    "languages": WORDS_ALL,
    "words": dict.fromkeys(OUR_WORDS, "words in quotes"),
    "areas": {EACH: WORDS_ALL},
    "periods": {"triage_escalates_after": ANYTHING, "look_again_after": ANYTHING},
    "triage": {"escalates_to": WORDS_ALL, "when_the_lead_is_named": WORDS_ALL},
    "roles": {EACH: {"scope": ANYTHING, "permissions": ANYTHING, "records": ANYTHING}},
    "single_sign_on": {"tenant": "words in quotes", "app_roles": {EACH: ANYTHING}},
    "ownership": {
        "by": "words in quotes",
        "roles": WORDS_ALL,
        "clause": "words in quotes",
        "handed_by": WORDS_ALL,
        "one_point_of_contact": "true or false",
    },
    "directory": {"assured_for": ANYTHING},
    "contact": {"confirmed_for": ANYTHING, "attempts_before_welfare_check": ANYTHING},
    "markers": {EACH: ANYTHING},
    "sharing": {"authorised_when": WORDS_ALL, "review_agreements_after": ANYTHING},
    "marac": {
        "returns_before": ANYTHING,
        "minutes_kept_for": ANYTHING,
        "escalation": ANYTHING,
        "escalation_in": {EACH: ANYTHING},
        "seats": {EACH: {"roles": WORDS_ALL, "also": WORDS_ALL, "clause": "words in quotes"}},
    },
    "moving": ANYTHING,
    "retention": ANYTHING,
    "risk": {"instruments": WORDS_ALL},
}
"""The tables of `landlord.toml` and what stands in each. What holds anything here is looked at by its own reader."""


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
        read_words(terms.get("patches", ()), f"{place}, patches")
        if wrong := [patch for patch in terms.get("patches", ()) if patch not in patches]:
            raise LandlordFault(f"{place}: {wrong[0]} is not one of the landlord's patches.")
        found[str(name)] = AppRole(terms["role"], tuple(terms.get("patches", ())))
    return found


def _role(role: str, terms: Mapping[str, Any], where: str) -> RoleSettings:
    scope = terms.get("scope", "own")
    if not isinstance(scope, str) or scope not in SCOPES:
        raise LandlordFault(f"{where}: scope is {scope!r}; it must be own, team or landlord.")
    permissions = read_words(terms.get("permissions", ()), f"{where}, permissions")
    return RoleSettings(role, scope, permissions, read_words(terms.get("records", ()), f"{where}, records"))


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


def _contact(said: Mapping[str, Any], where: str) -> dict[str, Any]:
    """This function will read how long a safe way counts as safe, and how many attempts come before a welfare check."""
    attempts = said.get("attempts_before_welfare_check", 3)
    if not isinstance(attempts, int) or isinstance(attempts, bool) or not 1 <= attempts <= _MOST_ATTEMPTS:
        raise LandlordFault(
            f"{where}: attempts_before_welfare_check is {attempts!r}; it must be a number from 1 to {_MOST_ATTEMPTS}."
        )
    length = read_length(said.get("confirmed_for", "3 months"), f"{where}, confirmed_for")
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
    given = {name: read_length(said.get(name, usual), f"{where}, {name}") for name, usual in lengths.items()}
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
    review = read_length(said.get("review_agreements_after", "1 year"), f"{where}, review_agreements_after")
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
            lengths[name] = read_length(said.get(name, usual), f"{where}, {name}")
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
