"""A directory as Open Referral UK (HSDS) JSON, out and in. Pure: services go in, plain values come out, and the other way round.

What HSDS has a place for stands there. What is ours alone, such as the kinds of service of the policies and the form that a service
wants, stands among its attributes, under a taxonomy of our own, and comes back from there. No address is written and none is read: where a
service is found is not held, a refuge's least of all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fanlight.casework.landlords import WAYS_IN, Service, houses_who_flees, says_where

PROFILE = "https://docs.openreferraluk.org/en/3.0-dev/"
VERSION = "3.0"
KIND, WAY, FORM, OWN = "fanlight-kind", "fanlight-way", "fanlight-form", "fanlight-own"
MOST_SERVICES = 5000
MOST_TEXT = 2000


# Languages that are spoken to tenants in the United Kingdom, by their names in English, with the codes of ISO 639 (of two letters where
# there is one). A directory may name a language and give no code; one that is not here is said, and not guessed.
_NAMED = """
ak Akan; sq Albanian; am Amharic; ar Arabic; hy Armenian; az Azerbaijani; bn Bengali, Bangla; bs Bosnian; bfi British Sign
Language, BSL; bg Bulgarian; my Burmese; yue Cantonese; zh Chinese; hr Croatian; cs Czech; prs Dari; nl Dutch; en English; et
Estonian; fil Filipino; fr French; ka Georgian; de German; el Greek; gu Gujarati; ha Hausa; he Hebrew; hi Hindi; hu Hungarian;
ig Igbo; id Indonesian; ga Irish; it Italian; ja Japanese; ko Korean; ku Kurdish; kmr Kurmanji; lv Latvian; ln Lingala; lt
Lithuanian; ms Malay; ml Malayalam; cmn Mandarin; ne Nepali; om Oromo; ps Pashto; fa Persian, Farsi; pl Polish; pt Portuguese;
pa Punjabi, Panjabi; rhg Rohingya; rom Romani; ro Romanian; ru Russian; gd Scottish Gaelic, Gaelic; sr Serbian; sn Shona; si
Sinhala; sk Slovak; sl Slovenian; so Somali; ckb Sorani; es Spanish; sw Swahili; sv Swedish; syl Sylheti; tl Tagalog; ta Tamil;
te Telugu; th Thai; ti Tigrinya; tr Turkish; tw Twi; uk Ukrainian; ur Urdu; uz Uzbek; vi Vietnamese; cy Welsh, Cymraeg; yi
Yiddish; yo Yoruba
"""
_CODES: Mapping[str, str] = {
    name.strip().casefold(): one.split()[0]
    for one in _NAMED.replace("\n", " ").split(";")
    for name in one.split(maxsplit=1)[1].split(",")
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds: the services as they will stand, and what was left out or changed on the way, a sentence each."""

    services: tuple[Service, ...]
    remarks: tuple[str, ...]


class HsdsFault(Exception):
    """The file is not what it should be; the message says why."""


def as_hsds(landlord_id: str, landlord: str, services: Iterable[Service]) -> dict[str, Any]:
    """This function will give a directory as an Open Referral UK page of services."""
    contents = [_service(landlord_id, landlord, service) for service in services]
    return {
        "version": VERSION,
        "profile": PROFILE,
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def _uuid(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(("fanlight", *names))))


def _service(landlord_id: str, landlord: str, service: Service) -> dict[str, Any]:
    own = _uuid(landlord_id, service.id)
    organisation = service.organisation or service.name
    said: dict[str, Any] = {
        "id": own,
        "name": service.name,
        "description": service.note,
        "url": service.web,
        "email": service.email,
        "status": "active",
        "eligibility_description": service.for_whom,
        "application_process": WAYS_IN.get(service.way, ""),
        "assured_date": service.assured.isoformat() if service.assured else "",
        "assurer_email": "",
        "organization": {"id": _uuid(landlord_id, "organisation", organisation), "name": organisation},
        "phones": [{"id": _uuid(own, "phone"), "number": service.phone}] if service.phone else [],
        "schedules": [{"id": _uuid(own, "schedule"), "description": service.hours}] if service.hours else [],
        "languages": [{"id": _uuid(own, "language", one), "code": one, "name": one} for one in service.languages],
        "service_areas": [{"id": _uuid(own, "area", one), "name": one} for one in service.areas],
        "attributes": [],
    }
    for taxonomy, name in _own_words(service):
        said["attributes"].append(
            {
                "id": _uuid(own, taxonomy, name),
                "link_entity": "service",
                "link_id": own,
                "taxonomy_term": {
                    "id": _uuid(taxonomy, name),
                    "code": name.partition("=")[0] if taxonomy == OWN else name,
                    "name": name,
                    "taxonomy": taxonomy,
                },
            }
        )
    return {name: value for name, value in said.items() if value != ""}


_OWN_TEXTS = ("id", "form", "form_web", "source", "challenge", "escalate_to")


def _own_words(service: Service) -> list[tuple[str, str]]:
    words = [(KIND, kind) for kind in service.kinds]
    if service.way:
        words.append((WAY, service.way))
    words += [(OWN, f"{name}={getattr(service, name)}") for name in _OWN_TEXTS if getattr(service, name)]
    if not service.takes_referrals:
        words.append((OWN, "takes_referrals=no"))
    return words


# ── In ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def from_hsds(
    landlord_id: str, said: object, *, known: Sequence[Service] = (), kinds: Iterable[str], areas: Sequence[str]
) -> Imported:
    """This function will read services from Open Referral UK JSON: a page of them, a list, or one alone.

    One that is `known` by its id is read in its place. Words that are no `kinds` of the landlord's, and areas in which it does not
    work, are left out and said. Raises HsdsFault where it is no such file.
    """
    rows = _rows(said)
    if len(rows) > MOST_SERVICES:
        raise HsdsFault(f"It has {len(rows)} services; {MOST_SERVICES} can be taken at a time.")
    by_uuid = {_uuid(landlord_id, one.id): one for one in known}
    reading = _Reading(frozenset(kinds), tuple(areas), by_uuid)
    services = [reading.service(row) for row in rows]
    found: dict[str, Service] = {}
    for service in services:
        if service is not None:
            if service.id in found:
                reading.remarks.append(f"{service.name}: another has the same id; the last one is taken.")
            found[service.id] = service
    return Imported(tuple(found.values()), tuple(reading.remarks))


def _rows(said: object) -> list[Any]:
    if isinstance(said, dict):
        rows = said.get("contents", said.get("services", said.get("content")))
        said = [said] if rows is None and "name" in said else rows
    if not isinstance(said, list):
        raise HsdsFault("It is no Open Referral UK file: it has no list of services under contents.")
    return said


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    text = value if isinstance(value, str) else ""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())[:MOST_TEXT]


def _each(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = said.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


class _Reading:
    """The services of one file on their way in."""

    def __init__(self, kinds: frozenset[str], areas: tuple[str, ...], known: Mapping[str, Service]) -> None:
        self.kinds = kinds
        self.areas = areas
        self.known = known
        self.remarks: list[str] = []

    def service(self, said: Any) -> Service | None:
        """This function will read one service, or give None, with a remark, where it cannot be one."""
        name = _text(said, "name") if isinstance(said, dict) else ""
        if not name:
            self.remarks.append("One has no name, and is left out.")
            return None
        if _text(said, "status") in ("inactive", "defunct", "temporarily closed"):
            self.remarks.append(f"{name}: it is closed, and is left out.")
            return None
        own = self._own(said)
        before = self.known.get(_text(said, "id"))
        service = Service(
            id=before.id if before else own.get("id") or self._id(name, _text(said, "id")),
            name=name[:200],
            kinds=self._kinds(said, name, before),
            areas=self._areas(said, name),
            for_whom=_text(said, "eligibility_description"),
            phone="; ".join(number for one in _each(said, "phones") if (number := _text(one, "number"))),
            hours=self._hours(said),
            web=self._web(_text(said, "url")),
            email=_text(said, "email"),
            note=_text(said, "description"),
            source=own.get("source", ""),
            organisation=self._organisation(said, name),
            languages=self._languages(said, name),
            way=next((word for word in self._words(said, WAY) if word in WAYS_IN), ""),
            form=own.get("form", ""),
            form_web=self._web(own.get("form_web", "")),
            takes_referrals=own.get("takes_referrals") != "no",
            assured=self._day(_text(said, "assured_date") or _text(said, "last_modified")),
            challenge=own.get("challenge", ""),
            escalate_to=own.get("escalate_to", ""),
        )
        if any(said.get(place) for place in ("service_at_locations", "locations", "location", "addresses")):
            self.remarks.append(f"{name}: where it is found is not taken.")
        return self._without_where(service, self._terms(said))

    def _id(self, name: str, uuid: str) -> str:
        return f"service-{_uuid('in', uuid or name).replace('-', '')[:12]}"

    def _terms(self, said: Mapping[str, Any]) -> str:
        """The words of every taxonomy that it is put under, whosever it is."""
        terms = [term for one in _each(said, "attributes") if isinstance(term := one.get("taxonomy_term"), dict)]
        return ". ".join(_text(term, "name") for term in [*terms, *_each(said, "taxonomy_terms")])

    def _words(self, said: Mapping[str, Any], taxonomy: str) -> list[str]:
        terms = [term for one in _each(said, "attributes") if isinstance(term := one.get("taxonomy_term"), dict)]
        return [_text(term, "name") for term in terms if _text(term, "taxonomy") == taxonomy]

    def _own(self, said: Mapping[str, Any]) -> dict[str, str]:
        pairs = (word.partition("=") for word in self._words(said, OWN))
        return {name: value for name, _, value in pairs if name in (*_OWN_TEXTS, "takes_referrals")}

    def _kinds(self, said: Mapping[str, Any], name: str, before: Service | None) -> tuple[str, ...]:
        words = self._words(said, KIND)
        found = tuple(dict.fromkeys(word for word in words if word in self.kinds))
        if unknown := [word for word in words if word not in self.kinds]:
            self.remarks.append(f"{name}: {unknown[0]} is no kind of service of yours, and is left out.")
        if not found and before:
            return before.kinds
        if not found:
            self.remarks.append(f"{name}: say what kind of service it is; until then nothing is referred to it.")
        return found

    def _areas(self, said: Mapping[str, Any], name: str) -> tuple[str, ...]:
        """Areas by the landlord's own names; one that names only other areas is taken with those names, and works in none of the landlord's."""
        names = [area for one in _each(said, "service_areas") if (area := _text(one, "name"))]
        folded = {area.casefold(): area for area in self.areas}
        found = tuple(dict.fromkeys(folded.get(area.casefold(), area) for area in names))
        if found and not set(found) & set(self.areas):
            self.remarks.append(f"{name}: it works in none of your areas.")
        return found

    def _hours(self, said: Mapping[str, Any]) -> str:
        lines = []
        for one in _each(said, "schedules"):
            days, opens, closes = _text(one, "byday"), _text(one, "opens_at")[:5], _text(one, "closes_at")[:5]
            when = f"{days} {opens} to {closes}".strip() if opens and closes else days
            lines.append(_text(one, "description") or when)
        return "; ".join(dict.fromkeys(line for line in lines if line))

    def _organisation(self, said: Mapping[str, Any], name: str) -> str:
        one = said.get("organization")
        found = _text(one, "name") if isinstance(one, dict) else ""
        return "" if found == name else found

    def _languages(self, said: Mapping[str, Any], name: str) -> tuple[str, ...]:
        """The languages by their codes: as they are given, or of a name that is known; any other is said."""
        found: dict[str, None] = {}
        for one in _each(said, "languages"):
            words = [_text(one, "code"), _text(one, "language"), _text(one, "name")]
            code = next((word for word in words if _CODE.fullmatch(word)), "")
            code = code or next((known for word in words if (known := _CODES.get(word.casefold()))), "")
            if code:
                found[code] = None
            elif told := next((word for word in reversed(words) if word), ""):
                self.remarks.append(f"{name}: {told} is left out: we know no code for a language of that name.")
        return tuple(found)

    def _web(self, address: str) -> str:
        return address if address.startswith(("https://", "http://")) else ""

    def _day(self, text: str) -> date | None:
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None

    def _without_where(self, service: Service, terms: str) -> Service | None:
        """Where people who flee are housed is held nowhere: what says it is left out, and not the service, unless its name does."""
        if not houses_who_flees(service, terms):
            return service
        if says_where(service.name):
            self.remarks.append("One has where people are housed in its name, and is left out.")
            return None
        empty: dict[str, Any] = {name: "" for name in _TOLD_FREELY if says_where(getattr(service, name))}
        if empty:
            self.remarks.append(f"{service.name}: what says where a refuge is was left out.")
        return replace(service, **empty)


_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TOLD_FREELY = (
    *("for_whom", "phone", "hours", "web", "email", "note", "source"),
    *("organisation", "form", "form_web", "challenge", "escalate_to"),
)
