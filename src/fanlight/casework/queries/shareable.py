"""What of a case may be shared, piece by piece, and what must be taken out of it: for the form, and for the action that shares."""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pypdf import PdfReader

from fanlight.casework import keys, rulings
from fanlight.casework.landlords import settings_of
from fanlight.casework.letters import kinds_of
from fanlight.casework.models import Case, ChildSaid, Home, Letter, Resident, Staff, Way
from fanlight.casework.models.contact import STANDINGS, WAYS
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.queries.protected import protected_among
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.story import Written, story_lines, written
from fanlight.casework.queries.ways import Known
from fanlight.casework.queries.words import answer_in_words, in_words, moment_in_words
from fanlight.casework.redaction import Hidden
from fanlight.casework.safe_contact import standing_at, terms_in_words
from fanlight.casework.sharing import Law
from fanlight.policy.vocabulary import DERIVED
from fanlight.present import day_of


@dataclass(frozen=True, slots=True)
class Item:
    """A piece that may be chosen. `part` is whose it is, where it is somebody's; `may_tell`, whether it may tell of health, origin,
    private life or an allegation. `text` is as it stands, before anything is taken out of it."""

    key: str
    group: str
    title: str
    text: str
    part: int | None = None
    may_tell: bool = True


@dataclass(frozen=True, slots=True)
class Shareable:
    """What may be chosen, and how everybody in the case could be known from a text, by their part."""

    items: tuple[Item, ...]
    people: tuple[PartLine, ...]
    names: Mapping[int, Hidden]
    where: Mapping[int, Mapping[str, Hidden]]
    """By part and by the key of the piece: the number or address that stands in it, which comes out where the piece is not chosen."""
    never: tuple[Hidden, ...]
    """Protected addresses of anybody: they come out of everything, whoever shares."""

    def hidden(self, chosen: Collection[str]) -> tuple[Hidden, ...]:
        """This function will give what comes out: every name, number and address that was not itself chosen."""
        names = [hidden for part, hidden in self.names.items() if f"who.{part}.name" not in chosen]
        numbers = [hidden for pieces in self.where.values() for key, hidden in pieces.items() if key not in chosen]
        return (*self.never, *names, *numbers)

    def shown(self, chosen: Collection[str]) -> tuple[str, ...]:
        """This function will give the names that were chosen."""
        parts = (part for part in self.names if f"who.{part}.name" in chosen)
        return tuple(name for part in parts for name in self.names[part].names)


def shareable(case: Case, by: Staff, law: Law, now: datetime, *, chosen: Collection[str] = ()) -> Shareable:
    """This function will give what of a case may be shared now. A protected address is never among it.

    Only the letters that are `chosen` are opened: of the others there is the title.
    """
    known, rows, people = Known(case, by, now), written(case), part_lines(case)
    protected = protected_among(known.ways)
    roots = {one.id: one.root for one in known.people}
    names: dict[int, Hidden] = {}
    where: dict[int, dict[str, Hidden]] = {}
    items: list[Item] = []
    homes, children = _homes(roots.values()), _children(case)
    for one in known.people:
        line = next(person for person in people if person.id == one.id)
        group, key = f"{line.name}, {line.part_title}", f"who.{one.id}"
        details = one.details
        names[one.id] = Hidden(names=tuple(filter(None, (one.name, details.name, *details.former_names))))
        pieces = where.setdefault(one.id, {})
        items.append(Item(f"{key}.name", group, "Name", one.name, one.id, may_tell=False))
        items.append(Item(f"{key}.part", group, "Part in this", line.part_title, one.id, may_tell=False))
        if details.born and not one.is_elsewhere:
            items.append(Item(f"{key}.born", group, "Born", _day(details.born), one.id, may_tell=False))
        if details.language and not one.is_elsewhere:
            interpreter = ", with an interpreter" if details.interpreter else ""
            items.append(Item(f"{key}.language", group, "Language", details.language + interpreter, one.id))
        items += [
            Item(f"{key}.{name}", group, title, text, one.id, may_tell=False)
            for name, title, text in children.get(one.id, ())
        ]
        for way in known.ways:
            if one.root is None or known.root_of(way) != one.root or way.pk in protected:
                continue
            number = _of_way(way)
            if way.case_id != case.pk or way.ended_at is not None or not way.value:
                pieces[f"gone.{way.pk}"] = number
                continue
            own = f"{key}.way.{way.pk}"
            pieces[own] = number
            items.append(Item(own, group, _WAYS[way.kind], _way_in_words(case, way, now), one.id, may_tell=False))
        if one.phone:
            pieces[f"{key}.noted"] = Hidden(phones=(one.phone,))
        for nth, home in enumerate(homes.get(one.root or 0, ()), 1):
            own = f"{key}.home.{nth}"
            pieces[own] = Hidden(addresses=(home.address,))
            if home.is_offered and not one.is_elsewhere:
                items.append(
                    Item(own, group, "Home, as the housing system has it", home.address, one.id, may_tell=False)
                )
        pieces[f"{key}.register"] = Hidden(phones=details.phones, emails=details.emails)
    items += _facts(case, rows, law, now)
    items += _entries(case, rows, now)
    items += _letters(case, protected, roots, chosen)
    never = tuple(
        hidden
        for hidden in (
            *(_of_way(way) for way in known.ways if way.pk in protected and way.value),
            *(Hidden(addresses=(home.address,)) for each in homes.values() for home in each if home.is_hidden),
        )
    )
    return Shareable(tuple(items), people, names, where, never)


_WAYS: Mapping[str, str] = dict(WAYS)
_STANDINGS: Mapping[str, str] = dict(STANDINGS)


def _of_way(way: Way) -> Hidden:
    if way.kind in ("phone", "text"):
        return Hidden(phones=(way.value,))
    return Hidden(emails=(way.value,)) if way.kind == "email" else Hidden(addresses=(way.value,))


def _way_in_words(case: Case, way: Way, now: datetime) -> str:
    """With whether it is safe, and on which terms: whoever gets it must not use it otherwise."""
    confirmed_for = settings_of(case.landlord_id).confirmed_for
    standing = _STANDINGS[standing_at(way.standing, way.confirmed_at, confirmed_for, now)]
    return ". ".join((", ".join(way.value.split("\n")), standing, *terms_in_words(way.terms)))


@dataclass(frozen=True, slots=True)
class _Lived:
    """An address that the housing system has of somebody."""

    address: str
    is_hidden: bool
    is_offered: bool


def _homes(roots: Iterable[int | None]) -> Mapping[int, list[_Lived]]:
    wanted = [root for root in roots if root]
    rows = Resident.objects.filter(person__in=wanted) | Resident.objects.filter(person__merged_into__in=wanted)
    found: dict[int, list[_Lived]] = {}
    for row in rows.select_related("home", "person").order_by("pk"):
        home: Home = row.home
        is_hidden = row.is_hidden and row.to_on is None
        offered = not row.is_hidden and row.to_on is None
        lived = _Lived(home.details.address, is_hidden or row.came_hidden, offered)
        found.setdefault(row.person.merged_into_id or row.person_id, []).append(lived)
    return found


def _children(case: Case) -> Mapping[int, list[tuple[str, str, str]]]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    for row in ChildSaid.objects.filter(case=case).order_by("at", "pk"):
        said = (("lives", "Lives with", row.lives), ("school", "School", row.school))
        responsibility = ("responsibility", "Parental responsibility", row.responsibility)
        found[row.part_id] = [(name, title, text) for name, title, text in (*said, responsibility) if text]
    return found


def _facts(case: Case, rows: Sequence[Written], law: Law, now: datetime) -> Iterator[Item]:
    told = [row.told for row in rows]
    ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, told), now)
    vocabulary = rulings.vocabulary_of(case.landlord_id)
    for name, value in rulings.known_facts(case.landlord_id, told, ruling).items():
        term = vocabulary.facts.get(name) or DERIVED.get(name)
        if name in ("consented_to", "refused_to", "response_minutes") or (name == "grade_given" and value == "none"):
            continue
        asked = term.ask if term else in_words(name)
        answer = answer_in_words(term, value, vocabulary)
        yield Item(f"fact.{name}", _KNOWN, asked, answer, may_tell=name not in law.tells_nothing)


_KNOWN = "What is known so far"
_WRITTEN = "What was written down"
_LETTERS = "Letters"


def _entries(case: Case, rows: Sequence[Written], now: datetime) -> Iterator[Item]:
    """Each entry as it reads, and its note as a piece of its own, the newest first. What was struck is not offered."""
    for line in reversed(story_lines(case.landlord_id, rows, now)):
        if line.struck_by is not None or line.kind in _OURS:
            continue
        title = f"{line.title}, {moment_in_words(line.at)}"
        said = " ".join(f"{one.ask.rstrip(':')} {one.answer}." for one in line.said if one.answer)
        yield Item(f"entry.{line.sequence}", _WRITTEN, title, said or line.title)
        if line.note:
            yield Item(f"note.{line.sequence}", _WRITTEN, f"Note to: {title}", line.note)


_OURS = ("struck", "override", "assigned", "triaged", "share", "approval")
"""How the landlord runs the case is nobody else's business."""


def _letters(
    case: Case, protected: Collection[int], roots: Mapping[int, int | None], chosen: Collection[str]
) -> Iterator[Item]:
    """The words of each letter to somebody in the case, as they stand in the document; none that went to a protected address."""
    kinds = kinds_of(case.landlord_id)
    for row in Letter.objects.filter(case=case).select_related("person").order_by("-at", "-pk"):
        if row.way_id is None or row.way_id in protected or row.part_id not in roots:
            continue
        title = kinds[row.kind].title if row.kind in kinds else "A letter"
        key, text = f"letter.{row.pk}", ""
        if key in chosen:
            text = words_of_pdf(keys.unseal_bytes(row.subject, row.place, bytes(row.sealed_document)))
        yield Item(key, _LETTERS, f"{title}, {_day(day_of(row.at))}", text, row.part_id)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def words_of_pdf(document: bytes) -> str:
    """This function will give the words of a document, page after page."""
    pages = PdfReader(io.BytesIO(document)).pages
    return "\n".join(
        " ".join(line.split()) for page in pages for line in page.extract_text().splitlines() if line.strip()
    )
