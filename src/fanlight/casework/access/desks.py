"""The desks on which duties lie, of people and of roles, and at whose somebody sits for them while they are away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanlight.casework import sql
from fanlight.casework.access.roles import RoleHeld, held_of, roles_of
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff, StaffRole


def desks_of(staff: Staff) -> tuple[str, ...]:
    """This function will list the desks whose duties are somebody's own: theirs, and those of their roles."""
    return desks_for(staff.landlord_id, staff.pk, roles_of(staff))


def desks_for(landlord_id: str, staff_id: int, roles: Iterable[RoleHeld]) -> tuple[str, ...]:
    landlord = settings_of(landlord_id)
    desks = [desk_of_person(staff_id)]
    for held in roles:
        desks.append(desk_of_role(landlord.id, held.role))
        desks.extend(desk_of_role(landlord.id, held.role, patch) for patch in held.patches or landlord.patches)
    return tuple(desks)


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who is away, and the desks at which a deputy sits for them."""

    staff_id: int
    desks: tuple[str, ...]


def away(staff: Staff, now: datetime) -> tuple[Absent, ...]:
    """This function will list the colleagues for whom somebody stands in at this moment.

    It is one query, asked once in the life of this object of them and for each moment: as their roles are.
    """
    if not staff.is_active:
        return ()
    read: tuple[datetime, tuple[Absent, ...]] | None = staff.__dict__.get("_away")
    if read is None or read[0] != now:
        (rows,) = sql.select_together(reading_away(staff, now))
        return keep_away(staff, rows, now)
    return read[1]


def keep_away(staff: Staff, rows: Iterable[Iterable[Any]], now: datetime) -> tuple[Absent, ...]:
    """Keeps with somebody for whom they stand in at a moment, of the rows that `reading_away` reads."""
    absent = absent_of(staff.landlord_id, rows) if staff.is_active else ()
    staff.__dict__["_away"] = now, absent
    return absent


def reading_away(staff: Staff, now: datetime) -> sql.Read:
    which = """from casework_deputy deputy join casework_staff absent on absent.id = deputy.staff_id
        left join casework_staffrole held on held.staff_id = absent.id
        where deputy.deputy_id = %s and deputy.since <= %s and deputy.until > %s
        and absent.is_active and absent.landlord_id = %s order by absent.id, held.id"""
    return sql.Read(which, [staff.pk, now, now, staff.landlord_id], (_HELD,), ("absent.id",))


_HELD: sql.Columns = (StaffRole, "held", ("role", "patches"))


def absent_of(landlord_id: str, rows: Iterable[Iterable[Any]]) -> tuple[Absent, ...]:
    held: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for role, patches, staff_id in rows:
        theirs = held.setdefault(staff_id, [])
        if role is not None:
            theirs.append((role, tuple(patches)))
    return tuple(
        Absent(staff_id, desks_for(landlord_id, staff_id, held_of(landlord_id, roles)))
        for staff_id, roles in held.items()
    )


def desk_of_person(staff_id: int) -> str:
    """This function will name the desk of one person."""
    return f"staff:{staff_id}"


def desk_of_role(landlord_id: str, role: str, patch: str = "") -> str:
    """This function will name the desk of a role, in a patch or anywhere."""
    return f"role:{landlord_id}:{role}:{patch}" if patch else f"role:{landlord_id}:{role}"
