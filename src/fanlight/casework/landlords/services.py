"""The services of a landlord's directory: what is said of each, and what none may hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fanlight.casework.landlords.faults import WORDS_ALL, LandlordFault, read_toml, shape_faults

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


_TEXTS_OF_A_SERVICE = (
    *("for_whom", "phone", "hours", "web", "email", "note", "source"),
    *("organisation", "way", "form", "form_web", "challenge", "escalate_to"),
)
_SERVICE: Mapping[str, Any] = {
    **dict.fromkeys(("id", "name", *_TEXTS_OF_A_SERVICE), "words in quotes"),
    **dict.fromkeys(("kinds", "areas", "languages"), WORDS_ALL),
    "takes_referrals": "true or false",
    "assured": "a day",
}


def read_services(file: Path, where: str) -> tuple[Service, ...]:
    if not file.exists():
        return ()
    said = read_toml(file, where)
    rows = said.get("service", [])
    wrong = [
        f"{where}: {name} is not a word here; head each service with [[service]]." for name in said if name != "service"
    ]
    if not isinstance(rows, list):
        wrong.append(f"{where}: head each service with [[service]].")
    else:
        for number, row in enumerate(rows, start=1):
            wrong += [f"{where}, service {number}{fault}" for fault in shape_faults(row, _SERVICE, "")]
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
    if "refuge" in service.kinds or _HOUSES.search(service.name):
        texts = (service.name, service.organisation, *(getattr(service, name) for name in _TEXTS_OF_A_SERVICE))
        if any(says_where(text) for text in texts):
            yield "it says where a refuge is: a refuge's address is held nowhere."


_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b[0-9]{1,4}[a-z]?,?\s+(?:[A-Z][\w'-]*\s+){1,3}"
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|court|drive|terrace|place|way|grove|crescent|gardens|row|square|hill|view)\b",
    re.IGNORECASE,
)


_WHO = r"(?:wom[ae]n|survivors|victims|families|people|those)"
_HOME = r"(?:accommodation|hostels?|housing|shelters?)"
# What a service is called that houses people who flee, where nothing else marks it as a refuge. In Welsh too.
_HOUSES = re.compile(
    r"\brefuges?\b(?!\s+check)|\blloches(?:au)?\b|\bllety diogel\b"
    rf"|\bsafe[\s-]?(?:houses?|homes?|{_HOME})\b"
    rf"|\bwom[ae]n['\u2019]?s?['\u2019]?[\s-]+(?:only[\s-]+)?(?:[\w-]+\s+)?{_HOME}\b"
    rf"|\b{_HOME}\s+for\s+(?:[\w-]+\s+)?{_WHO}\b"
    rf"|\bdispersed\s+(?:{_HOME}|units?|homes?)\b"
    rf"|\b(?:domestic (?:abuse|violence)|fleeing|crisis|emergency)\s+(?:[\w-]+\s+)?{_HOME}\b",
    re.IGNORECASE,
)


def houses_who_flees(service: Service, terms: str = "") -> bool:
    """This function will say whether a service is a refuge, by whatever name: by its kind, by what is said of it, or the terms it is under."""
    return "refuge" in service.kinds or any(
        _HOUSES.search(text) for text in (service.name, service.organisation, service.for_whom, service.note, terms)
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
