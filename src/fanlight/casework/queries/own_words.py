"""What staff have said here of a person whom the housing system knows: it stands beside what the next import says, and before it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from fanlight.casework.models import PersonDetails

OWN: Mapping[str, str] = MappingProxyType(
    {
        "language": "Language",
        "interpreter": "Interpreter",
        "communication": "Communication needs",
        "access_needs": "Access needs",
    }
)
"""The details that staff may change here, as a page names them."""

Said = str | bool | None


@dataclass(frozen=True, slots=True)
class Differs:
    """A detail of which staff say one thing here and the housing system another."""

    title: str
    here: Said
    housing_system: Said


def said_by_staff(text: str) -> dict[str, Said]:
    """This function will read what staff have said of a person, by detail."""
    return dict(json.loads(text)) if text else {}


def overlaid(details: PersonDetails, own: Mapping[str, Said]) -> PersonDetails:
    """This function will give the details of the housing system with what staff have said in their place."""
    return replace(details, **{name: own[name] for name in OWN if name in own})  # type: ignore[arg-type]  # each has the type of its detail


def differences(own: Mapping[str, Said], imported: PersonDetails) -> tuple[Differs, ...]:
    """This function will say where staff and the housing system differ; what it does not know of is no difference."""
    return tuple(
        Differs(title, own[name], getattr(imported, name))
        for name, title in OWN.items()
        if name in own and getattr(imported, name) not in ("", None, own[name])
    )
