"""How somebody signs in: their second steps, and where they are signed in; for themselves and for whoever looks after accounts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.socialaccount.models import SocialAccount

from fanlight.casework import access
from fanlight.casework.identity import factors
from fanlight.casework.models import OneTimeCode, SignedIn, Staff


@dataclass(frozen=True, slots=True)
class Place:
    """A browser in which somebody is signed in; `id` is no key."""

    id: str
    device: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """How a colleague signs in, as shown to whoever looks after accounts."""

    staff: Staff
    name: str
    is_active: bool
    has_password: bool
    is_linked: bool
    factors: tuple[str, ...]
    places: int
    code_given_at: datetime | None


def places_of(staff: Staff, *, idle: timedelta, now: datetime) -> tuple[Place, ...]:
    """This function will list where somebody is signed in, the latest seen first; `idle` is how long a session lasts unused."""
    rows = SignedIn.objects.filter(staff=staff, seen_at__gt=now - idle).order_by("-seen_at")
    return tuple(
        Place(row.session_key, row.device, row.began_at, row.seen_at) for row in rows if row.began_at and row.seen_at
    )


def account_of(viewer: Staff, person: int, *, idle: timedelta, now: datetime) -> Account:
    """This function will give how a colleague signs in. It raises Refused and NotFound."""
    access.demand(viewer, "staff:administer")
    staff = Staff.objects.filter(pk=person, landlord_id=viewer.landlord_id).first()
    if staff is None:
        raise access.NotFound
    given = OneTimeCode.objects.filter(staff=staff, used_at=None, until__gt=now).first()
    return Account(
        staff=staff,
        name=staff.name,
        is_active=staff.is_active,
        has_password=staff.has_usable_password(),
        is_linked=SocialAccount.objects.filter(user_id=staff.pk).exists(),
        factors=tuple(factor.kind for factor in factors.factors_of(staff)),
        places=len(places_of(staff, idle=idle, now=now)),
        code_given_at=given.made_at if given else None,
    )
