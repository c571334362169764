"""The form for one kind of entry, made from the vocabulary, with what is usual for the duty filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused, find_case
from fanlight.casework.models import Staff
from fanlight.casework.queries.answers import ANSWERS, MUST_ANSWER, STATED_APART
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.duty_lines import duty_key, duty_line, receivable_by, soonest_first
from fanlight.casework.queries.lines import AdviceLine, DutyLine, FieldLine, PartLine, RefusalLine, StoryLine
from fanlight.casework.queries.reach_page import WhomLine, sent_line, whom_lines
from fanlight.casework.queries.reading_lines import advice_lines, part_lines
from fanlight.casework.queries.refusal_lines import refusal_lines
from fanlight.casework.queries.story import Written, story_lines, written
from fanlight.casework.queries.words import field_line, moment_in_words
from fanlight.casework.rulings import Duty, Entry, Faults, Pattern
from fanlight.policy.vocabulary import ENTRY_KINDS, EntryKind, Term


@dataclass(frozen=True, slots=True)
class OfCandidate:
    """An entry that this one might answer: its sequence, and its title, day and recipient in words."""

    sequence: int
    title: str


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What the form asks.

    `fields` are the kind's own, `facts` those that it usually states, `more_facts` every other fact that it
    may state. `of` is the sequence filled in, where the duty says which entry is answered. `at_risk` are the
    people at risk, whose safe contact heads this page too. `whom` are the answers to whom it reaches and how, where it reaches out.
    """

    kind: EntryKind
    fields: tuple[FieldLine, ...]
    facts: tuple[FieldLine, ...]
    more_facts: tuple[FieldLine, ...]
    of: int | None
    of_required: bool
    duty: DutyLine | None
    of_candidates: tuple[OfCandidate, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    last_sequence: int = 0
    at_risk: tuple[PartLine, ...] = ()
    whom: tuple[WhomLine, ...] = ()


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of entry that the viewer may record: `for_duties` are the open duties that it usually meets."""

    kind: str
    title: str
    said_when: str
    for_duties: tuple[DutyLine, ...]


def entry_form(viewer: Staff, reference: str, kind: str, *, duty: str = "", now: datetime) -> EntryForm:
    """This function will give the form for a kind; Refused for a kind that the viewer may not record."""
    case, standing = find_case(viewer, reference, now=now)
    if kind not in ENTRY_KINDS:
        raise NotFound
    if why_not := standing.why_not_record(kind):
        raise Refused(why_not)
    if kind not in may_in(case, standing).record:
        raise Refused("This case does not take that now.")
    landlord = case.landlord_id
    rows = written(case)
    story = rulings.story_of(landlord, [row.told for row in rows])
    people = part_lines(case, now)
    return replace(
        _asked(landlord, kind, _wanted(landlord, story, duty, now), now),
        of_candidates=_candidates(landlord, kind, rows, now),
        advice=advice_lines(rulings.advice_for(landlord, story, kind, now)),
        last_sequence=case.last_sequence,
        at_risk=tuple(person for person in people if person.part == "person_at_risk"),
        whom=whom_lines(viewer, case, people, kind, now=now),
    )


def entry_sent(viewer: Staff, reference: str, kind: str, *, duty: str = "", whom: str, now: datetime) -> EntryForm:
    """This function will give the form for a kind as far as what somebody sends is read by it; `whom` is their answer to whom and how.

    Nothing is read that is only shown, and whether they may is for the action to say: whoever shows the form again asks for it whole.
    """
    if kind not in ENTRY_KINDS:
        raise NotFound
    landlord = viewer.landlord_id
    if not duty and not ENTRY_KINDS[kind].of:
        return replace(_asked(landlord, kind, None, now), whom=sent_line(kind, whom))
    case, _ = find_case(viewer, reference, now=now)
    rows = written(case)
    story = rulings.story_of(landlord, [row.told for row in rows])
    return replace(
        _asked(landlord, kind, _wanted(landlord, story, duty, now), now),
        of_candidates=_candidates(landlord, kind, rows, now),
        whom=sent_line(kind, whom),
    )


def _asked(landlord: str, kind: str, wanted: Duty | None, now: datetime) -> EntryForm:
    """What the form of a kind asks, with what is usual for a duty filled in: no more than the policy and the vocabulary say."""
    usual, wants, of = _usual(kind, wanted)
    meets = _meeting(kind, wanted)
    terms = ENTRY_KINDS[kind]
    facts = rulings.vocabulary_of(landlord).facts
    states = [name for name in terms.states if name in facts]
    asked = {*terms.fields, *states}
    states.extend(name for name in wants if name in facts and name not in asked)
    more = [name for name in facts if name not in {*terms.fields, *states, *STATED_APART}]

    def fields_of(terms_by_name: Mapping[str, Term], names: Iterable[str], own: str = "") -> tuple[FieldLine, ...]:
        return tuple(
            field_line(
                landlord,
                terms_by_name[name],
                value=usual.get(name) if len(meets.get(name, ())) <= 1 else None,
                is_fact=not own,
                words=rulings.words_asked(landlord, own, name, now)
                if terms_by_name[name].type == "set of words"
                else (),
                meets=meets.get(name, ()) if own else (),
            )
            for name in names
        )

    return EntryForm(
        kind=terms,
        fields=fields_of(terms.fields, terms.fields, kind),
        facts=fields_of(facts, states),
        more_facts=fields_of(facts, more),
        of=of,
        of_required=kind in MUST_ANSWER,
        duty=duty_line(landlord, wanted) if wanted else None,
    )


def _wanted(landlord: str, story: Sequence[Entry], duty: str, now: datetime) -> Duty | None:
    """The duty of a key, where the story owes it."""
    duties = rulings.rule_on(landlord, story, now).duties if duty else ()
    return next((one for one in duties if _key(one) == duty), None)


def _key(duty: Duty) -> str:
    return duty_key(duty.row.id, rulings.sequence_of(duty.started_by))


def _usual(kind: str, duty: Duty | None) -> tuple[Mapping[str, object], tuple[str, ...], int | None]:
    """What is usual for the duty: the values that would meet it, all that it wants to be told, and what it answers."""
    pattern = next((one for one in duty.row.met_by if one.kind == kind), None) if duty else None
    if duty is None or pattern is None:
        return {}, (), None
    _, of_it, values = rulings.usual_entry(duty.row, kind)
    several = {
        name: frozenset(atom.side for atom in pattern.atoms if (atom.name, atom.test) == (name, "includes"))
        for name in values
    }
    usual = {name: several[name] or value for name, value in values.items()}
    wants = tuple(dict.fromkeys(atom.name for atom in pattern.atoms))
    return usual, wants, rulings.sequence_of(duty.started_by) if of_it else None


def _meeting(kind: str, duty: Duty | None) -> Mapping[str, tuple[str, ...]]:
    """The receivers of an entry of the kind that would each meet the duty, by field, where there are several."""
    patterns = [one for one in duty.row.met_by if one.kind == kind] if duty else []
    found: dict[str, tuple[str, ...]] = {}
    for name, term in ENTRY_KINDS[kind].fields.items():
        if term.words not in _RECEIVERS:
            continue
        each = [_sides(pattern, name) for pattern in patterns]
        words = tuple(dict.fromkeys(word for sides in each for word in sides))
        if all(each) and len(words) > 1:
            found[name] = words
    return found


_RECEIVERS = ("services", "roles", "services or roles")


def _sides(pattern: Pattern, name: str) -> tuple[str, ...]:
    sides = [atom.side for atom in pattern.atoms if atom.name == name and atom.test in ("is", "in")]
    return tuple(
        word for side in sides for word in (side if isinstance(side, tuple) else (side,)) if isinstance(word, str)
    )


def _candidates(landlord: str, kind: str, rows: Sequence[Written], now: datetime) -> tuple[OfCandidate, ...]:
    """The entries that one of the kind might answer, the newest first."""
    if not ENTRY_KINDS[kind].of:
        return ()
    kinds, story = ANSWERS.get(kind), story_lines(landlord, rows, now)
    standing = [line for line in story if line.struck_by is None and (not kinds or line.kind in kinds)]
    return tuple(OfCandidate(line.sequence, _title(line)) for line in reversed(standing))


def _title(line: StoryLine) -> str:
    to = next((said.answer for said in line.said if said.name in ("to", "from", "measure", "asks")), "")
    return f"{line.title}{f' ({to})' if to else ''}, {moment_in_words(line.at)}"


def kinds_to_record(viewer: Staff, reference: str, *, now: datetime) -> tuple[KindLine, ...]:
    """This function will list the kinds that the viewer may record in this case, those for open duties first."""
    case, standing = find_case(viewer, reference, now=now)
    allowed = may_in(case, standing).record
    rows = rulings.told(case)
    ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, rows), now)
    receivable = receivable_by(viewer, rows, allowed)
    owed = soonest_first(
        [
            duty_line(case.landlord_id, duty, record=allowed, receivable=receivable)
            for duty in ruling.duties
            if duty.is_owed
        ]
    )
    lines = [
        KindLine(kind.name, kind.title, kind.said_when, tuple(duty for duty in owed if duty.does == kind.name))
        for kind in ENTRY_KINDS.values()
        if kind.name in allowed
    ]
    return tuple(sorted(lines, key=lambda line: not line.for_duties))


def in_the_way(
    viewer: Staff,
    reference: str,
    *,
    kind: str,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
    of_sequence: int | None = None,
    at: datetime | None = None,
    now: datetime,
) -> tuple[RefusalLine, ...]:
    """This function will give the gates that would refuse the entry, without recording anything.

    It gives none for an entry that is not understood: recording it says what is wrong.
    """
    case, standing = find_case(viewer, reference, now=now)
    landlord = case.landlord_id
    story = rulings.story_of(landlord, rulings.told(case))
    try:
        entry = rulings.proposed(
            landlord,
            sequence=case.last_sequence + 1,
            kind=kind,
            at=at or now,
            of_sequence=of_sequence,
            fields=fields,
            facts=facts,
        )
    except Faults:
        return ()
    return refusal_lines(landlord, rulings.refusals_of(landlord, story, entry, now), standing)
