"""The words of letters: chosen from the landlord's own, filled in with what was asked for, and with nothing of any case."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fanlight.places import letters_file

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "cy": "Welsh"})
_FRAME: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"greeting": "Dear {name}", "closing": "Yours sincerely", "title": "Letter", "reference": "Reference"},
        "cy": {"greeting": "Annwyl {name}", "closing": "Yn gywir", "title": "Llythyr", "reference": "Cyfeirnod"},
    }
)
_MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        "cy": (
            *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
            *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
        ),
    }
)
_GAP = re.compile(r"\{(\w+)\}")


class LetterFault(Exception):
    """A landlord's letters cannot be used; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A letter to choose: its title for staff, what it asks for (name → question), and its words in each language."""

    id: str
    title: str
    asks: Mapping[str, str]
    words: Mapping[str, tuple[str, tuple[str, ...]]]
    """Language → the subject, and the paragraphs with their gaps."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter with everything filled in: what the document is made of, and nothing beside it."""

    title: str
    sender: str
    address: tuple[str, ...]
    day: str
    greeting: str
    subject: str
    paragraphs: tuple[str, ...]
    closing: str
    signed: str
    our_reference: str
    language: str

    @property
    def text(self) -> str:
        """Every word of it but the address, to be looked through for what must not be in it."""
        return "\n".join((self.sender, self.greeting, self.subject, *self.paragraphs, self.signed))


def words_of(
    kind: Kind,
    language: str,
    *,
    landlord: str,
    name: str,
    address: tuple[str, ...],
    said: Mapping[str, str],
    signed: str,
    reference: str,
    day: date,
) -> Written:
    """This function will write a letter. What it says is in these arguments: it is given nothing of a case, and asks for nothing."""
    frame = _FRAME[language]
    subject, paragraphs = kind.words[language]
    given = {**said, "landlord": landlord}
    return Written(
        title=frame["title"],
        sender=landlord,
        address=(name, *address),
        day=f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}",
        greeting=_filled(frame["greeting"], {"name": name}),
        subject=_filled(subject, given),
        paragraphs=tuple(_filled(paragraph, given) for paragraph in paragraphs),
        closing=frame["closing"],
        signed=signed,
        our_reference=f"{frame['reference']} {reference}",
        language=language,
    )


def _filled(words: str, given: Mapping[str, str]) -> str:
    """The gaps are filled once: what somebody typed is never looked through for gaps itself."""
    return _GAP.sub(lambda gap: given[gap[1]], words)


@cache
def kinds_of(landlord_id: str) -> Mapping[str, Kind]:
    """This function will give the letters of a landlord by their ids. It raises LetterFault where its file cannot be used."""
    return _read(letters_file(landlord_id))


def _read(file: Path) -> Mapping[str, Kind]:
    where = f"{file.parent.name}/{file.name}"
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LetterFault(f"{where} cannot be read: {error}.") from error
    found: dict[str, Kind] = {}
    for one in said.get("letter", ()):
        kind = _kind(one, where)
        if kind.id in found:
            raise LetterFault(f"{where}: two letters have the id {kind.id}.")
        found[kind.id] = kind
    if not found:
        raise LetterFault(f"{where} holds no letter.")
    return MappingProxyType(found)


def _kind(said: Mapping[str, Any], where: str) -> Kind:
    name = str(said.get("id", ""))
    if not re.fullmatch(r"[a-z_]{1,40}", name) or not said.get("title"):
        raise LetterFault(f"{where}: a letter has no title, or no id of small letters.")
    asks = {str(ask): str(question) for ask, question in said.get("asks", {}).items()}
    words = {}
    for language in LANGUAGES:
        if language in said:
            of = said[language]
            subject, paragraphs = str(of.get("subject", "")), tuple(str(one) for one in of.get("paragraphs", ()))
            gaps = set(_GAP.findall("\n".join((subject, *paragraphs))))
            if unknown := sorted(gaps - asks.keys() - {"landlord"}):
                raise LetterFault(f"{where}, {name}, {language}: {{{unknown[0]}}} is filled in by nothing.")
            words[language] = (subject, paragraphs)
    if "en" not in words:
        raise LetterFault(f"{where}, {name}: it has no words in English, [letter.en].")
    return Kind(name, str(said["title"]), MappingProxyType(asks), MappingProxyType(words))
