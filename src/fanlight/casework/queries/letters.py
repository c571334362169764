"""Letters: what may be written to whom in a case, what was written, and the document itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import keys, redaction, rulings
from fanlight.casework.access import NotFound, Refused, find_case, known_in
from fanlight.casework.keys.index import said_plainly
from fanlight.casework.landlords import settings_of
from fanlight.casework.letters import LANGUAGES, Kind, kinds_of
from fanlight.casework.models import Case, Letter, Staff, Way, group_of, names_of
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.queries.protected import shown_to
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.ways import Known
from fanlight.casework.safe_contact import Proposed, may_reach, terms_in_words

_POSTCODE = re.compile(r",?\s*\b([A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2})\s*$")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that was written: to whom, which, where to, by whom. `is_withheld` where the viewer may not open it."""

    number: int
    name: str
    title: str
    to: str
    is_withheld: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a case, newest first; those to whom one may be written, and which there are: (id, title)."""

    reference: str
    letters: tuple[LetterLine, ...]
    people: tuple[PartLine, ...]
    kinds: tuple[tuple[str, str], ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """An address of theirs: the address or whom to ask, on which terms, and why no letter may go there, where none may."""

    way: int
    value: str
    terms: tuple[str, ...]
    why_not: str
    instead: str


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What is asked for before a letter is written; `languages` are (id, name), the landlord's own."""

    reference: str
    part: int
    name: str
    kind: str
    title: str
    asks: Mapping[str, str]
    preview: tuple[str, ...]
    choices: tuple[AddressChoice, ...]
    languages: tuple[tuple[str, str], ...]


def letters_of_case(viewer: Staff, reference: str, *, now: datetime) -> Letters:
    """This function will give the letters of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    rows = list(Letter.objects.filter(case=case).select_related("part", "way__person").order_by("-at", "-pk"))
    known, ways = known_in(case, now=now), _every_way(case)
    shown = shown_to(viewer, case, ways, known)
    names, kinds = names_of(row.by_id for row in rows), kinds_of(case.landlord_id)
    people = part_lines(case)
    who = {one.id: one.name for one in people}
    return Letters(
        reference=case.reference,
        letters=tuple(
            LetterLine(
                number=row.pk,
                name=who.get(row.part_id or 0, ""),
                title=kinds[row.kind].title if row.kind in kinds else row.kind,
                to=", ".join(lines_of_address(shown.values[row.way_id])) if row.way_id else "",
                is_withheld=row.way_id is None or row.way_id in shown.withheld,
                by=names[row.by_id],
                at=row.at,
            )
            for row in rows
        ),
        people=tuple(one for one in people if not one.works_here),
        kinds=tuple((kind.id, kind.title) for kind in kinds.values()),
        may_write=standing.can("case:write") and case.status != "joined",
    )


def letter_form(viewer: Staff, reference: str, part: int, kind: str, *, now: datetime) -> LetterForm:
    """This function will give what a letter asks for, and each address of theirs with what the gate says of it now.

    Raises NotFound; Refused for one who may not write in the case.
    """
    case, standing = find_case(viewer, reference, now=now)
    chosen = kinds_of(case.landlord_id).get(kind)
    if not standing.can("case:write"):
        raise Refused("Your role may not write in this case.")
    known = Known(case, viewer, now)
    somebody = known.somebody(part)
    if chosen is None or somebody is None:
        raise NotFound
    whom = known.whom(part, rulings.told(case), now)
    theirs = group_of(somebody.root)
    ways = [way for way in known.ways if way.person_id in theirs and way.case_id == case.pk]
    shown = shown_to(viewer, case, ways, known_in(case, now=now))
    choices = []
    for way in ways:
        if way.kind == "post" and way.ended_at is None:
            why = may_reach(whom, Proposed("post", now, way.value_index)).why
            terms = () if way.pk in shown.withheld else terms_in_words(way.terms)
            said = (why.says, why.instead) if why else ("", "")
            choices.append(AddressChoice(way.pk, ", ".join(lines_of_address(shown.values[way.pk])), terms, *said))
    offered = settings_of(case.landlord_id).languages
    return LetterForm(
        reference=case.reference,
        part=part,
        name=somebody.name,
        kind=chosen.id,
        title=chosen.title,
        asks=chosen.asks,
        preview=_preview(chosen),
        choices=tuple(choices),
        languages=tuple((one, LANGUAGES[one]) for one in offered if one in chosen.words),
    )


def letter_document(viewer: Staff, reference: str, number: int, *, now: datetime) -> bytes:
    """This function will give a letter as it was written. Raises NotFound; Refused for one who may not know where it was sent."""
    case, _ = find_case(viewer, reference, now=now)
    row = Letter.objects.filter(case=case, pk=number).select_related("person").first()
    if row is None:
        raise NotFound
    if row.way_id is None or row.way_id in shown_to(viewer, case, _every_way(case), known_in(case, now=now)).withheld:
        raise Refused("This letter went to a protected address, and you are not one of those who may know it.")
    return keys.unseal_bytes(row.subject, row.place, bytes(row.sealed_document))


def lines_of_address(text: str) -> tuple[str, ...]:
    """This function will give an address as it stands on an envelope, line by line, the postcode last and alone."""
    lines = [line.strip() for line in (text.split("\n") if "\n" in text else text.split(",")) if line.strip()]
    if not lines:
        return ("",)
    found = _POSTCODE.search(lines[-1])
    if found and found.start() > 0:
        lines[-1:] = [lines[-1][: found.start()].strip(), found[1]]
    return tuple(lines)


SHORTEST = 8
"""So many letters and figures of a line of an address, and it is known again by them: "12 Mill Road", and not "Flat 9"."""


def known_by(address: str) -> tuple[list[str], str]:
    """This function will give what gives an address away: the line that says the house, with the number of a flat or without, and its postcode."""
    lines = [said_plainly(part) for line in lines_of_address(address) for part in line.split(",")]
    house = [lines[0]] if len(lines[0]) >= SHORTEST else ["".join(lines[:2]), *lines[1:2]]
    postcode = lines[-1] if any(letter.isdigit() for letter in lines[-1]) and len(lines) > 1 else ""
    return [line for line in house if len(line) >= SHORTEST], postcode


def gives_away(text: str, address: str) -> bool:
    """This function will say whether a text says an address: the line of the house, or its postcode, however they are typed."""
    house, postcode = known_by(address)
    plain = said_plainly(text)
    return (
        any(line in plain for line in house)
        or (postcode != "" and postcode in plain)
        or redaction.gives_away(text, address)
    )


def _every_way(case: Case) -> list[Way]:
    """The addresses that the case knows, those that have ended among them: by them a protected one is known again."""
    return list(Way.objects.filter(case=case, kind__in=("post", "visit")).select_related("person"))


def _preview(kind: Kind) -> tuple[str, ...]:
    subject, paragraphs = kind.words["en"]
    return (subject, *(re.sub(r"\{(\w+)\}", lambda gap: "…", one) for one in paragraphs))
