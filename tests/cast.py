"""The cast: the people of every test, the same in all of them.

Asha, case officer; Bronwen, same landlord, other patch; Carys, safeguarding lead; Dev, another landlord's
officer; Eve, a line manager who is named in the case; Farah, People & Culture; Gwen, executive; Huw, system
administrator; Iris, contractor.
"""

from dataclasses import dataclass, fields
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.test import Client

from fanlight.casework.identity import factors
from fanlight.casework.identity.sessions import BEGAN, CONFIRMED, FACTOR, HOW
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Landlord, Staff, StaffRole
from fanlight.present import present

PASSWORD = "a long walk by the river"
# Hashed once: a strong hash takes its time.
_HASHED: list[str] = []

HOME_PATCH = "Kirklees North"
OTHER_PATCH = "Leeds East"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the tests."""

    asha: Staff
    bronwen: Staff
    carys: Staff
    dev: Staff
    eve: Staff
    farah: Staff
    gwen: Staff
    huw: Staff
    iris: Staff

    def everybody(self) -> tuple[Staff, ...]:
        """This function will give the whole cast, in order."""
        return tuple(getattr(self, field.name) for field in fields(self))


def the_cast() -> Cast:
    """This function will put the cast and their landlords into the database."""
    return Cast(
        asha=hire("Asha", "connect", case_officer=[HOME_PATCH]),
        bronwen=hire("Bronwen", "connect", case_officer=[OTHER_PATCH]),
        carys=hire("Carys", "connect", safeguarding_lead=[]),
        dev=hire("Dev", "ongo", safeguarding_lead=[]),
        eve=hire("Eve", "connect", line_manager=[HOME_PATCH], case_officer=[HOME_PATCH]),
        farah=hire("Farah", "connect", people_and_culture=[]),
        gwen=hire("Gwen", "connect", executive=[]),
        huw=hire("Huw", "connect", system_administrator=[]),
        iris=hire("Iris", "connect", managing_agent=[]),
    )


def hire(name: str, landlord_id: str, **roles: list[str]) -> Staff:
    """This function will take on somebody in roles, each in some patches or, with none, in all of them."""
    landlord, _ = Landlord.objects.get_or_create(id=landlord_id, defaults={"name": settings_of(landlord_id).name})
    staff = Staff(landlord=landlord, password=_password())
    staff.name, staff.email = name, f"{name.lower()}@{landlord_id}.example"
    staff.save(force_insert=True)
    StaffRole.objects.bulk_create(
        StaffRole(landlord=landlord, staff=staff, role=role, patches=patches) for role, patches in roles.items()
    )
    return staff


def let_in(browser: Client, staff: Staff, now: datetime, *, factor: str = "totp") -> None:
    """This function will sign somebody in to a browser of the tests, both steps taken at a moment."""
    browser.force_login(staff)
    session = browser.session
    session.update({BEGAN: now.isoformat(), CONFIRMED: now.isoformat(), HOW: "password", FACTOR: factor})
    session.save()


APP_SECRET = "FANLIGHTFANLIGHTFANLIGHTFANLIGHT"


def give_app(staff: Staff) -> None:
    """This function will give somebody an authenticator app, the same as everybody's in the tests."""
    factors.keep_app(staff, APP_SECRET, 0, present())


def next_code(staff: Staff, *, secret: str = APP_SECRET, now: datetime | None = None) -> str:
    """This function will give a code of an app that is right now and has not been used: one of the three that are right."""
    current = int((now or present()).timestamp()) // factors.PERIOD
    used = Authenticator.objects.filter(user_id=staff.pk, type=factors.APP).values_list("data__step", flat=True)
    return format_hotp_value(hotp_value(secret, max(current - 1, *(step + 1 for step in used), 0)))


def again(staff: Staff) -> Staff:
    """This function will read somebody again, as the next request would."""
    return Staff.objects.get(pk=staff.pk)


def _password() -> str:
    if not _HASHED:
        _HASHED.append(make_password(PASSWORD))
    return _HASHED[0]
