"""Consent in a case: what each person said of each receiver and purpose, what of it holds, and what was said before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import find_case
from fanlight.casework.models import Case, Consent, Staff, names_of
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.directory import directory_of
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.words import recipient_title
from fanlight.casework.queries.words_of_consent import ANY, Word, Words
from fanlight.casework.rulings import Told
from fanlight.casework.sharing import ANSWERS, CAPACITY, GIVERS, HOW_TAKEN, Law, law_at
from fanlight.present import day_of


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What somebody said of one receiver and one purpose, or a no to all of them. `holds` is whether no later word is of all that it is
    of; `is_struck`, recorded in error."""

    sequence: int
    part: int
    name: str
    to: str
    service: str
    organisation: str
    to_title: str
    purpose: str
    purpose_title: str
    answer: str
    answer_title: str
    conditions: str
    own_words: str
    how_title: str
    taken_by: str
    limits: str
    capacity_title: str
    capacity_note: str
    giver_title: str
    giver_name: str
    giver_reason: str
    at: datetime
    by: str
    holds: bool
    is_struck: bool


@dataclass(frozen=True, slots=True)
class RecipientChoice:
    """A receiver to choose: `key` is the kind and the id in the directory; of the bare kind the organisation is written down."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """The consent of a case: what holds, the newest first, and what was said before."""

    reference: str
    now: tuple[ConsentLine, ...]
    before: tuple[ConsentLine, ...]
    people: tuple[PartLine, ...]
    recipients: tuple[RecipientChoice, ...]
    purposes: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    may_record: bool
    last_sequence: int


def struck_in(told: Sequence[Told], now: datetime) -> frozenset[int]:
    """This function will give the sequences of the entries that are struck."""
    return frozenset(
        row.of_sequence
        for row in rulings.standing_rows(told, now)
        if row.kind == "struck" and row.of_sequence is not None
    )


def consent_lines(
    case: Case, told: Sequence[Told], people: Iterable[PartLine], now: datetime
) -> tuple[ConsentLine, ...]:
    """This function will give everything that was said of consent in a case, the newest first."""
    rows = sorted(Consent.objects.filter(case=case), key=lambda row: (row.at, row.sequence), reverse=True)
    if not rows:
        return ()
    struck, names = struck_in(told, now), {one.id: one.name for one in people}
    by, law = names_of(row.by_id for row in rows), law_at(day_of(now))
    words = Words(case.landlord_id)
    later: list[tuple[int, Word]] = []
    lines = []
    for row in rows:
        said = row.said
        word = words.word(row.to, row.service, said.organisation, row.purpose, row.answer)
        is_struck = row.sequence in struck
        holds = not is_struck and not any(whose == row.part_id and one.covers(word) for whose, one in later)
        if not is_struck:
            later.append((row.part_id, word))
        lines.append(
            ConsentLine(
                sequence=row.sequence,
                part=row.part_id,
                name=names.get(row.part_id, ""),
                to=row.to,
                service=row.service,
                organisation=said.organisation,
                to_title=receiver_title(case.landlord_id, row.to, row.service, said.organisation),
                purpose=row.purpose,
                purpose_title=purpose_title(law, row.purpose),
                answer=row.answer,
                answer_title=_ANSWERS[row.answer],
                conditions=said.conditions,
                own_words=said.own_words,
                how_title=_HOW.get(row.how, row.how),
                taken_by=said.taken_by or by[row.by_id],
                limits=said.limits,
                capacity_title=_CAPACITY.get(row.capacity, row.capacity),
                capacity_note=said.capacity,
                giver_title=_GIVERS.get(row.giver, row.giver),
                giver_name=said.giver,
                giver_reason=said.giver_reason,
                at=row.at,
                by=by[row.by_id],
                holds=holds,
                is_struck=is_struck,
            )
        )
    return tuple(lines)


_ANSWERS: Mapping[str, str] = dict(ANSWERS)
_HOW: Mapping[str, str] = dict(HOW_TAKEN)
_CAPACITY: Mapping[str, str] = dict(CAPACITY)
_GIVERS: Mapping[str, str] = dict(GIVERS)


def purpose_title(law: Law, purpose: str) -> str:
    """This function will say a purpose in words."""
    return "Any purpose" if purpose == ANY else law.purposes.get(purpose, purpose)


def last_word(words: Words, lines: Iterable[ConsentLine], part: int, wanted: Word) -> ConsentLine | None:
    """This function will give the last word of somebody that is of all that a share is of; `lines` are as `consent_lines` gives them."""
    mine = (line for line in lines if line.part == part and line.holds)
    return next((line for line in mine if word_of(words, line).covers(wanted)), None)


def word_of(words: Words, line: ConsentLine) -> Word:
    """This function will give of whom and what a line is."""
    return words.word(line.to, line.service, line.organisation, line.purpose, line.answer)


def receiver_title(landlord_id: str, to: str, service: str, organisation: str = "") -> str:
    """This function will say who a receiver is: by its name in the directory, or by the name that was written down, and its kind."""
    kind = recipient_title(landlord_id, to)
    if service == ANY:
        return f"{kind}: any of them"
    name = (
        next((one.name for one in directory_of(landlord_id) if one.id == service), "") if service else ""
    ) or organisation
    return f"{name} ({kind})" if name and name != kind else kind


def consent_page(viewer: Staff, reference: str, *, now: datetime) -> ConsentPage:
    """This function will give the consent of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    told, people = rulings.told(case), part_lines(case)
    lines = consent_lines(case, told, people, now)
    story = rulings.story_of(case.landlord_id, told)
    law = law_at(day_of(now))
    return ConsentPage(
        reference=case.reference,
        now=tuple(line for line in lines if line.holds),
        before=tuple(line for line in lines if not line.holds),
        people=people,
        recipients=(*recipients_of(case), *_all_of_a_kind(case.landlord_id)),
        purposes=(*law.purposes.items(), (ANY, "Any purpose: for a no alone")),
        advice=tuple(one.row.say for one in rulings.advice_for(case.landlord_id, story, "consent", now)),
        may_record="consent" in may_in(case, standing).record,
        last_sequence=case.last_sequence,
    )


def _all_of_a_kind(landlord_id: str) -> Iterator[RecipientChoice]:
    kinds = rulings.vocabulary_of(landlord_id).services
    for kind, title in sorted(kinds.items(), key=lambda one: one[1]):
        yield RecipientChoice(f"{kind}/{ANY}", f"{title}: any of them, for a no alone")


def consents_to(viewer: Staff, reference: str, to: str, *, now: datetime) -> tuple[ConsentLine, ...]:
    """This function will give what holds of consent to a kind of service in a case. Raises NotFound."""
    case, _ = find_case(viewer, reference, now=now)
    lines = consent_lines(case, rulings.told(case), part_lines(case), now)
    return tuple(line for line in lines if line.holds and line.to == to)


def recipients_of(case: Case) -> tuple[RecipientChoice, ...]:
    """This function will list whom something may be shared with: those of the directory that work in the area, then the bare kinds."""
    kinds = rulings.vocabulary_of(case.landlord_id).services
    named = [
        RecipientChoice(f"{kind}/{service.id}", f"{service.name} ({kinds[kind]})")
        for service in directory_of(case.landlord_id)
        for kind in service.kinds
        if kind in kinds and service.works_in(case.area)
    ]
    bare = [RecipientChoice(f"{kind}/", f"{title}: another, named below") for kind, title in kinds.items()]
    return (*sorted(named, key=lambda one: one.title), *sorted(bare, key=lambda one: one.title))
