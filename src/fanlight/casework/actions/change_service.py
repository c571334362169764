"""Changes what the directory says of a service, or adds one."""

import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from fanlight.casework.access import demand
from fanlight.casework.actions.directory import known_service, write_entry
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.landlords import Service, service_faults, service_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.directory import KEEPING, as_said, kinds_to_choose
from fanlight.present import day_of

MOST = 2000
_NAMES = frozenset(field.name for field in fields(Service)) - {"id"}


def change_service(
    *, service: str = "", said: Mapping[str, Any], is_right: bool = False, by: Staff, now: datetime
) -> str:
    """This function will say what a service of the directory is now, or add one where `service` is empty, and give its id.

    `said` are the attributes of Service that change. `is_right`: all of it was made sure of today. Raises NotFound, Refused, Faulty.
    """
    with logged("change_service", by=by, now=now) as log:
        demand(by, KEEPING)
        before = known_service(by.landlord_id, service) if service else None
        values = {name: value for name, value in said.items() if name in _NAMES}
        if before is None:
            values = {"id": _new_id(), "name": "", **values}
        after = replace(before, **_read(values)) if before else service_of(values)
        _check(by.landlord_id, after)
        after = replace(after, assured=day_of(now) if is_right else after.assured)
        write_entry(by.landlord_id, after, by=by, now=now)
        log.detail["service"] = "changed" if before else "added"
    return after.id


def _new_id() -> str:
    """Nothing of what it is called: an id stands in the clear."""
    return f"service-{secrets.token_hex(6)}"


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    """What changes, in the types that a service has."""
    read = service_of({"id": "-", "name": "-", **values})
    return {name: getattr(read, name) for name in values}


def _check(landlord_id: str, service: Service) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if not service.name.strip():
        faults["name"] = ("Say what it is called.",)
    if unknown := [kind for kind in service.kinds if kind not in kinds_to_choose(landlord_id)]:
        faults["kinds"] = (f"{unknown[0]} is not a kind of service.",)
    if not service.kinds:
        faults["kinds"] = ("Say what kind of service it is.",)
    for name in ("web", "form_web"):
        if (address := getattr(service, name)) and not address.startswith(("https://", "http://")):
            faults[name] = ("Begin the address with https://",)
    for name, value in as_said(service).items():
        if isinstance(value, str) and len(value) > MOST:
            faults[name] = (f"Use {MOST} characters or fewer.",)
    if not faults and (wrong := list(service_faults(service))):
        faults["note"] = tuple(wrong)
    if faults:
        raise Faulty(faults)
