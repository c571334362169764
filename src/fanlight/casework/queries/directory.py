"""The directory of services: what the landlord's file says, with what staff or an import have said since in its place."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from fanlight.casework import keys, rulings
from fanlight.casework.access import NotFound, can
from fanlight.casework.hsds import as_hsds
from fanlight.casework.landlords import Service, service_of, settings_of
from fanlight.casework.models import DirectoryEntry, Staff, names_of
from fanlight.casework.naming import is_same_body
from fanlight.casework.queries.words import in_words
from fanlight.casework.referring import is_outside
from fanlight.casework.router import Freshness, Recipient, Route, freshness, route, way_into
from fanlight.present import day_of

KEEPING = "directory:keep"
"""The permission to change the directory and to make sure of it."""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service as the directory page shows it: what it does in words, how fresh that is, who last made sure of it or changed it."""

    service: Service
    kinds: tuple[str, ...]
    way: str
    freshness: Freshness
    said_by: str
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class Directory:
    """The directory of a landlord, by name; how many of it nobody made sure of in time, and whether the viewer keeps it."""

    services: tuple[ServiceLine, ...]
    stale: int
    may_keep: bool


def directory_of(landlord_id: str) -> tuple[Service, ...]:
    """This function will give the services of a landlord: those of its file, and those that were added, as they were last said."""
    found = {service.id: service for service in settings_of(landlord_id).services}
    for row in _last_rows(landlord_id):
        if row.is_removed:
            found.pop(row.service, None)
        else:
            found[row.service] = said_of(row)
    return tuple(found.values())


def named_in(services: Iterable[Service], name: str) -> tuple[Service, ...]:
    """This function will give the services that a typed name is the name of, or of whose organisation it is."""
    return tuple(one for one in services if is_same_body(name, one.name) or is_same_body(name, one.organisation))


def _last_rows(landlord_id: str) -> list[DirectoryEntry]:
    rows = DirectoryEntry.objects.filter(landlord_id=landlord_id).order_by("service", "-pk")
    last: dict[str, DirectoryEntry] = {}
    for row in rows:
        last.setdefault(row.service, row)
    if last:
        keys.warm([keys.Subject("landlord", landlord_id)])
    return list(last.values())


def said_of(row: DirectoryEntry) -> Service:
    """This function will open what a row says of a service."""
    return service_of(json.loads(row.said_text))


def as_said(service: Service) -> dict[str, Any]:
    """This function will give what is stored of a service, in values that JSON has."""
    said = asdict(service)
    return {**said, "assured": service.assured.isoformat() if service.assured else None}


def directory(viewer: Staff, *, now: datetime) -> Directory:
    """This function will give the directory of the viewer's landlord."""
    landlord = viewer.landlord_id
    assured_for, today = settings_of(landlord).assured_for, day_of(now)
    rows = {row.service: row for row in _last_rows(landlord)}
    names = names_of(row.by_id for row in rows.values())
    lines = []
    for service in sorted(directory_of(landlord), key=lambda one: one.name.casefold()):
        row = rows.get(service.id)
        lines.append(
            ServiceLine(
                service,
                kind_titles(landlord, service),
                Recipient(service, way_into(service), False, freshness(service, assured_for, today)).way_title,
                freshness(service, assured_for, today),
                names[row.by_id] if row and row.by_id else "",
                row.at if row else None,
            )
        )
    return Directory(tuple(lines), sum(line.freshness.is_stale for line in lines), can(viewer, KEEPING))


def kind_titles(landlord_id: str, service: Service) -> tuple[str, ...]:
    """This function will say in words what kinds of service one is."""
    titles = rulings.vocabulary_of(landlord_id).services
    return tuple(titles.get(kind) or in_words(kind) for kind in service.kinds)


def one_service(viewer: Staff, service: str) -> Service:
    """This function will give a service of the directory by its id. Raises NotFound."""
    found = next((one for one in directory_of(viewer.landlord_id) if one.id == service), None)
    if found is None:
        raise NotFound
    return found


def kinds_outside(landlord_id: str) -> Mapping[str, str]:
    """This function will give the kinds of service to which a referral goes out, with their titles."""
    services = rulings.vocabulary_of(landlord_id).services
    return {kind: title for kind, title in services.items() if is_outside(kind)}


def kinds_to_choose(landlord_id: str) -> Mapping[str, str]:
    """This function will give every kind of service that one may be in the directory, with its title."""
    titles = dict(rulings.vocabulary_of(landlord_id).services)
    for service in settings_of(landlord_id).services:
        for kind in service.kinds:
            titles.setdefault(kind, in_words(kind))
    return titles


def as_open_referral(landlord_id: str) -> dict[str, Any]:
    """This function will give the directory of a landlord as Open Referral UK JSON."""
    return as_hsds(landlord_id, settings_of(landlord_id).name, directory_of(landlord_id))


def routed(landlord_id: str, kind: str, area: str, today: date) -> Route:
    """This function will say to whom a referral of a kind goes in an area, by a landlord's directory as it now stands."""
    settings = settings_of(landlord_id)
    return route(
        kind,
        area,
        services=directory_of(landlord_id),
        areas=tuple(settings.areas),
        assured_for=settings.assured_for,
        today=today,
    )
