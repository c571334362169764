"""The people who work for a landlord: their roles, what waits for a second person, who stands in for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fanlight.casework.access import (
    NotFound,
    Refused,
    can,
    may_name_deputy,
    roles_of,
    why_not_together,
)
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Deputy, RoleAsked, Staff
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.queries.words import role_titles

RECENT = 20
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that somebody holds: its title, and the patches; none means all of them."""

    role: str
    title: str
    patches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody on the list of people."""

    id: int
    name: str
    is_active: bool
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A role that was asked for somebody. `outcome` is empty while it waits; `may_decide` is whether the viewer may."""

    id: int
    staff_id: int
    name: str
    title: str
    patches: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    outcome: str
    decided_by: str
    decided_at: datetime | None
    may_decide: bool


@dataclass(frozen=True, slots=True)
class DeputyLine:
    """Somebody stands in for a colleague; `last_day` is in the last day. `is_on` is whether it has begun."""

    id: int
    name: str
    deputy: str
    since: datetime
    last_day: datetime
    is_on: bool


@dataclass(frozen=True, slots=True)
class People:
    """The people of a landlord, those who have left last; the roles that wait for a second person."""

    here: tuple[PersonLine, ...]
    left: tuple[PersonLine, ...]
    waiting: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people. `choices` are the roles that may be asked for: (word, title)."""

    id: int
    name: str
    email: str
    is_active: bool
    is_me: bool
    roles: tuple[RoleLine, ...]
    asked: tuple[AskedLine, ...]
    deputies: tuple[DeputyLine, ...]
    choices: tuple[tuple[str, str], ...]
    patches: tuple[str, ...]
    may_ask: bool
    may_end: bool


def may_look_after_people(viewer: Staff) -> bool:
    """This function will say whether somebody has a say over colleagues' roles and accounts."""
    return can(viewer, "staff:administer") or can(viewer, "staff:approve")


def people(viewer: Staff) -> People:
    """This function will give everybody who works for the viewer's landlord. Raises Refused."""
    _demand(viewer)
    found = Staff.objects.filter(landlord_id=viewer.landlord_id).prefetch_related("roles")
    lines = sorted((_line(one) for one in found), key=lambda line: (line.name.casefold(), line.id))
    waiting = RoleAsked.objects.filter(landlord_id=viewer.landlord_id, outcome="")
    return People(
        here=tuple(line for line in lines if line.is_active),
        left=tuple(line for line in lines if not line.is_active),
        waiting=_asked(viewer, waiting.order_by("asked_at", "pk")),
    )


def person(viewer: Staff, number: int, *, now: datetime) -> Person:
    """This function will give one of the viewer's colleagues. Raises Refused; NotFound for anybody else."""
    _demand(viewer)
    staff = Staff.objects.filter(landlord_id=viewer.landlord_id, pk=number).prefetch_related("roles").first()
    if staff is None:
        raise NotFound
    landlord = settings_of(viewer.landlord_id)
    held = [role for role, _ in staff.roles_held]
    choices = [role for role in landlord.roles if not why_not_together(landlord.id, [*held, role])]
    asked = RoleAsked.objects.filter(staff=staff).order_by("-asked_at", "-pk")[:RECENT]
    return Person(
        id=staff.pk,
        name=staff.name,
        email=staff.email,
        is_active=staff.is_active,
        is_me=staff.pk == viewer.pk,
        roles=_line(staff).roles,
        asked=_asked(viewer, asked),
        deputies=deputies_of(staff, now),
        choices=tuple(zip(choices, role_titles(landlord.id, choices), strict=True)),
        patches=landlord.patches,
        may_ask=staff.is_active and staff.pk != viewer.pk and can(viewer, "staff:administer"),
        may_end=staff.is_active and staff.pk != viewer.pk,
    )


def asked_role(viewer: Staff, number: int) -> AskedLine:
    """This function will give a role that waits. Raises Refused; NotFound where it does not wait."""
    if not can(viewer, "staff:approve"):
        raise Refused("Your role may not do this: it is for whoever approves roles.")
    found = _asked(viewer, RoleAsked.objects.filter(landlord_id=viewer.landlord_id, pk=number, outcome=""))
    if not found:
        raise NotFound
    return found[0]


def deputies_of(staff: Staff, now: datetime) -> tuple[DeputyLine, ...]:
    """This function will list who stands in for somebody, now or later."""
    return _deputies(Deputy.objects.filter(staff=staff, until__gt=now), now)


def stands_in_for(staff: Staff, now: datetime) -> tuple[DeputyLine, ...]:
    """This function will list for whom somebody stands in, now or later."""
    return _deputies(Deputy.objects.filter(deputy=staff, until__gt=now), now)


def deputy_to_end(viewer: Staff, number: int, *, now: datetime) -> DeputyLine:
    """This function will give who stands in for whom, to somebody who may end it. Raises NotFound."""
    row = (
        Deputy.objects.filter(landlord_id=viewer.landlord_id, pk=number, until__gt=now).select_related("staff").first()
    )
    if row is None or not (row.deputy_id == viewer.pk or may_name_deputy(viewer, row.staff)):
        raise NotFound
    return _deputies([row], now)[0]


def anybody(viewer: Staff, number: int) -> Staff:
    """This function will give somebody who works for the viewer's landlord, or did. Raises NotFound."""
    found = Staff.objects.filter(landlord_id=viewer.landlord_id, pk=number).first()
    if found is None:
        raise NotFound
    return found


def deputies_to_choose(viewer: Staff, of: Staff) -> tuple[Colleague, ...]:
    """This function will list who may stand in for `of`, by name: colleagues who work with cases, and never the viewer."""
    found = Staff.objects.filter(landlord_id=of.landlord_id, is_active=True).exclude(pk__in=(of.pk, viewer.pk))
    lines = [
        Colleague(one.pk, one.name, role_titles(one.landlord_id, [held.role for held in roles_of(one)]), ())
        for one in found.prefetch_related("roles")
        if any(held.sees(False) or held.sees(True) for held in roles_of(one))
    ]
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.id)))


def _demand(viewer: Staff) -> None:
    if not may_look_after_people(viewer):
        raise Refused("Your role may not do this: it is for whoever manages accounts, or approves roles.")


def _line(staff: Staff) -> PersonLine:
    roles = [role for role, _ in staff.roles_held]
    titles = role_titles(staff.landlord_id, roles)
    held = zip(staff.roles_held, titles, strict=True)
    return PersonLine(
        staff.pk, staff.name, staff.is_active, tuple(RoleLine(role, title, patches) for (role, patches), title in held)
    )


def _asked(viewer: Staff, found: Iterable[RoleAsked]) -> tuple[AskedLine, ...]:
    rows = list(found)
    people = {row.staff_id for row in rows} | {row.asked_by_id for row in rows} | {row.decided_by_id for row in rows}
    names = {one.pk: one.name for one in Staff.objects.filter(pk__in=people - {None})}
    approves = can(viewer, "staff:approve")
    return tuple(
        AskedLine(
            id=row.pk,
            staff_id=row.staff_id,
            name=names[row.staff_id],
            title=role_titles(row.landlord_id, (row.role,))[0],
            patches=tuple(row.patches),
            asked_by=names[row.asked_by_id],
            asked_at=row.asked_at,
            outcome=row.outcome,
            decided_by=names.get(row.decided_by_id or 0, ""),
            decided_at=row.decided_at,
            may_decide=approves and not row.outcome and viewer.pk not in (row.asked_by_id, row.staff_id),
        )
        for row in rows
    )


def _deputies(found: Iterable[Deputy], now: datetime) -> tuple[DeputyLine, ...]:
    rows = sorted(found, key=lambda row: (row.since, row.pk))
    names = {
        one.pk: one.name
        for one in Staff.objects.filter(pk__in={row.staff_id for row in rows} | {row.deputy_id for row in rows})
    }
    return tuple(
        DeputyLine(row.pk, names[row.staff_id], names[row.deputy_id], row.since, row.until - MOMENT, row.since <= now)
        for row in rows
    )
