"""What a landlord has set for itself, as values: roles, whose a case is, markers, sharing, the MARAC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from fanlight.casework.landlords.lengths import Length
from fanlight.casework.landlords.services import Service

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
