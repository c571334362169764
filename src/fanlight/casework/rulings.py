"""From the story of a case to its ruling: the only module of the shell that calls the engine."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from fanlight import packs
from fanlight.casework import instruments, keys, landlords, plan_forms, sql
from fanlight.casework.models import Case
from fanlight.casework.models import Entry as EntryRow
from fanlight.places import policies_folder
from fanlight.policy import (
    Advice,
    Duty,
    Entry,
    Faults,
    Owed,
    Policy,
    Refusal,
    Requirement,
    Ruling,
    Succession,
    advise,
    owed,
    permit,
    procedure,
    read_entry,
    rule,
)
from fanlight.policy.conditions import Pattern
from fanlight.policy.file import AdviceRow, DutyRow, ElsewhereRow, GateRow, OptionRow, Row
from fanlight.policy.procedure import Asked, Page, RowOnPage
from fanlight.policy.story import standing
from fanlight.policy.vocabulary import ENTRY_KINDS, Term, Vocabulary

__all__ = [
    "Advice",
    "AdviceRow",
    "Asked",
    "Duty",
    "DutyRow",
    "ElsewhereRow",
    "Entry",
    "Faults",
    "GateRow",
    "OptionRow",
    "Owed",
    "Page",
    "Pattern",
    "Policy",
    "Refusal",
    "Requirement",
    "Row",
    "RowOnPage",
    "Ruling",
    "Succession",
    "Told",
]


class Told(NamedTuple):
    """What of an entry's row a ruling and its projections need."""

    sequence: int
    kind: str
    at: datetime
    recorded_at: datetime
    by_id: int
    of_sequence: int | None
    to_staff_id: int | None
    payload: Mapping[str, Mapping[str, Any]]


TOLD: sql.Columns = (EntryRow, "entry", Told._fields)
_PAYLOAD = Told._fields.index("payload")


# ── Policies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def policies_of(landlord_id: str) -> Succession:
    """This function will give a landlord's succession of versions, read once. It raises Faults."""
    return packs.succession_for(landlord_id)


@cache
def requirements_of(landlord_id: str) -> tuple[Requirement, ...]:
    """This function will give what a landlord's document asks, in our words, read once; none where that is not known."""
    return packs.requirements_beside(policies_folder() / landlord_id / "landlord.toml") or ()


def forget() -> None:
    """This function will make the next question read every file again."""
    landlords.forget()
    instruments.forget()
    plan_forms.forget()
    for kept in (
        *(policies_of, packs.bank_holidays, requirements_of, role_titles_of),
        *(_rows_of, _moments_of, _asked_of, grades_of),
    ):
        kept.cache_clear()


def policy_in_force(landlord_id: str, moment: datetime) -> Policy:
    """This function will give the version in force at a moment, or the latest where none is."""
    succession = policies_of(landlord_id)
    return succession.in_force_at(moment) or succession.versions[-1]


def page_of(landlord_id: str, moment: datetime) -> Page:
    """This function will give the version in force at a moment as a page: what the document asks, what carries it."""
    return procedure.page_of(policy_in_force(landlord_id, moment), requirements_of(landlord_id))


def words_asked(landlord_id: str, kind: str, name: str, moment: datetime) -> tuple[str, ...]:
    """This function will list the words that the policy in force asks of a set of words: a field of a kind, or with no kind a fact."""
    return _asked_of(landlord_id, policy_in_force(landlord_id, moment).name).get((kind, name), ())


@cache
def _asked_of(landlord_id: str, version: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    policy = next(policy for policy in policies_of(landlord_id).versions if policy.name == version)
    return procedure.words_asked(policy)


def has_grades(landlord_id: str, version: str) -> bool:
    """This function will say whether a version ("connect/2") grades the risk by rules of its own."""
    return any(policy.grades.rows for policy in policies_of(landlord_id).versions if policy.name == version)


def vocabulary_of(landlord_id: str) -> Vocabulary:
    """This function will give the words that a landlord's stories may use."""
    return policies_of(landlord_id).vocabulary


@cache
def role_titles_of(landlord_id: str) -> Mapping[str, str]:
    """This function will give the landlord's own titles of its roles, and ours of the rest."""
    titles = dict(vocabulary_of(landlord_id).roles)
    for policy in policies_of(landlord_id).versions:
        titles |= policy.roles
    return MappingProxyType(titles)


@cache
def _rows_of(landlord_id: str) -> Mapping[tuple[str, str], Row]:
    return {(policy.name, row.id): row for policy in policies_of(landlord_id).versions for row in policy.rows}


def row_of(landlord_id: str, version: str, row: str) -> Row | None:
    """This function will give a row of any table of a version ("connect/2"), or None where there is none."""
    return _rows_of(landlord_id).get((version, row))


def rows_that_turn_on(landlord_id: str, fact: str, moment: datetime) -> tuple[DutyRow | AdviceRow | OptionRow, ...]:
    """This function will list what the policy in force asks, advises and offers where a fact holds, in the file's order."""
    policy = policy_in_force(landlord_id, moment)
    return tuple(
        row
        for row in policy.rows
        if isinstance(row, DutyRow | AdviceRow | OptionRow) and row.when is not None and fact in row.when.names()
    )


def duty_row(landlord_id: str, version: str, row: str) -> DutyRow | None:
    """This function will give the row of a duty under a version ("connect/2"), or None where it is no more."""
    found = _rows_of(landlord_id).get((version, row))
    return found if isinstance(found, DutyRow) else None


def is_own_time(landlord_id: str, version: str, row: DutyRow, since: datetime, due: datetime | None) -> bool:
    """This function will say whether a duty is due at the person's own preferred time, and not after the time that policy allows."""
    if row.or_at is None or due is None:
        return False
    policy = next((one for one in policies_of(landlord_id).versions if one.name == version), None)
    return policy is not None and (row.within is None or due != policy.calendar.due(since, row.within))


def is_duty(landlord_id: str, key: str) -> bool:
    """This function will say whether a key could name a duty: `contact.e1`, where any version of the policy has a duty `contact`."""
    row, _, entry = key.partition(".")
    if entry and not (entry.startswith("e") and entry[1:].isdecimal()):
        return False
    return any(named == row and isinstance(one, DutyRow) for (_, named), one in _rows_of(landlord_id).items())


@cache
def grades_of(landlord_id: str) -> frozenset[str]:
    """This function will list the grades of risk that a landlord's policies give, and those that other agencies usually give."""
    usual = ENTRY_KINDS["assessment"].fields["grade_given"].suggested
    own = (row.name for policy in policies_of(landlord_id).versions for row in policy.grades.rows)
    return frozenset((*usual, *own))


# ── Stories ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def entry_id(sequence: int) -> str:
    """This function will give the engine's id of the entry of a sequence."""
    return f"e{sequence}"


def sequence_of(entry: str | None) -> int | None:
    """This function will give the sequence of the engine's id of an entry."""
    return int(entry[1:]) if entry else None


def told(case: Case) -> list[Told]:
    """This function will read the rows of a case's entries, in the order recorded."""
    (rows,) = sql.select_together(telling_of(case))
    return told_of(case.pk, rows)


def told_of(case_id: int, rows: Sequence[Sequence[Any]]) -> list[Told]:
    """This function will open what was read of a case by `telling_of`, or by any reading that begins with TOLD.

    It raises keys.Unreadable where the case was disposed of.
    """
    if not rows:
        return []
    sealed = ((payload_place(case_id, row[0]), row[_PAYLOAD]) for row in rows)
    opened = keys.unseal_many(key_of(case_id), sealed)
    return [Told._make((*row[:_PAYLOAD], _PLAIN(one.decode()))) for row, one in zip(rows, opened, strict=True)]


_PLAIN = json.JSONDecoder().decode
"""Made once; and it is not asked what encoding our own text may be in."""


def first_reports(case_ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """This function will give the fields of the first report of each of some cases, by case."""
    reports = EntryRow.objects.filter(case__in=case_ids, kind="report").order_by("-sequence")
    rows = {
        case_id: (sequence, payload)
        for case_id, sequence, payload in reports.values_list("case_id", "sequence", "payload")
    }
    keys.warm(key_of(case_id) for case_id in rows)
    return {
        case_id: json.loads(keys.unseal(key_of(case_id), payload_place(case_id, sequence), bytes(payload)))["fields"]
        for case_id, (sequence, payload) in rows.items()
    }


def key_of(case_id: int) -> keys.Subject:
    """This function will name the key under which everything told in a case is sealed."""
    return keys.Subject("case", str(case_id))


def payload_place(case_id: int, sequence: int) -> keys.Place:
    """This function will name the place of what an entry says."""
    return keys.Place(_ENTRY, f"{case_id}:{sequence}", "payload")


def note_place(case_id: int, sequence: int) -> keys.Place:
    """This function will name the place of the words of an entry."""
    return keys.Place(_ENTRY, f"{case_id}:{sequence}", "note")


_ENTRY = EntryRow._meta.db_table  # noqa: SLF001 - as Django documents it


def telling_of(case: Case) -> sql.Read:
    """This function will say how the rows of a case's entries are read, each with its hash at the end; `told_of` opens them."""
    which = "from casework_entry entry where entry.case_id = %s order by entry.sequence"
    return sql.Read(which, [case.pk], (TOLD,), also=("entry.hash",))


def story_of(landlord_id: str, rows: Iterable[Told]) -> tuple[Entry, ...]:
    """This function will give the story that the rows tell."""
    moments = _moments_of(landlord_id)
    return tuple(_entry(row, moments) for row in rows)


def _entry(row: Told, moments: frozenset[str]) -> Entry:
    of = row.of_sequence
    return Entry(
        f"e{row.sequence}",
        row.at,
        row.kind,
        None if of is None else f"e{of}",
        _values(row.payload["fields"], moments),
        _values(row.payload["facts"], moments),
    )


def _values(said: Mapping[str, Any], moments: frozenset[str]) -> Mapping[str, Any]:
    if moments.isdisjoint(said) and list not in map(type, said.values()):
        return said
    return {name: _value(value, name in moments) for name, value in said.items()}


def _value(value: Any, is_moment: bool) -> Any:
    if isinstance(value, list):
        return frozenset(value)
    return datetime.fromisoformat(value) if is_moment else value


@cache
def _moments_of(landlord_id: str) -> frozenset[str]:
    """This function will name the fields and facts that hold a moment."""
    terms = [*vocabulary_of(landlord_id).facts.values()]
    terms.extend(term for kind in ENTRY_KINDS.values() for term in kind.fields.values())
    return frozenset(term.name for term in terms if term.type == "moment")


def payload_of(entry: Entry) -> dict[str, dict[str, Any]]:
    """This function will give what is stored of an entry's fields and facts, in values that JSON has."""
    return {
        "fields": {name: _stored(value) for name, value in entry.fields.items()},
        "facts": {name: _stored(value) for name, value in entry.facts.items()},
    }


def _stored(value: object) -> object:
    if isinstance(value, frozenset | set | tuple):
        return sorted(value)
    return value.isoformat() if isinstance(value, datetime) else value


def proposed(
    landlord_id: str,
    *,
    sequence: int,
    kind: str,
    at: datetime,
    of_sequence: int | None,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
) -> Entry:
    """This function will read an entry that somebody means to make. It raises Faults for what is not of the vocabulary."""
    data: dict[str, object] = {"id": entry_id(sequence), "entry": kind, "at": at.isoformat()}
    if of_sequence is not None:
        data["of"] = entry_id(of_sequence)
    for said in (facts, fields):
        data.update({name: _stored(value) for name, value in said.items() if value is not None and value != ""})
    return read_entry(data, vocabulary_of(landlord_id), entry_id(sequence), where="entry")


# ── What an assessment states ────────────────────────────────────────────────────────────────────────────────────────


class Stated(NamedTuple):
    """What an assessment of our own states: the fields and the facts of its entry, and what is said of them beside."""

    fields: Mapping[str, Any]
    facts: Mapping[str, Any]
    beside: str


def stated_by(
    landlord_id: str,
    instrument: instruments.Instrument,
    answers: Mapping[str, instruments.Answer],
    finding: instruments.Finding,
    *,
    judged_high: bool | None,
    at: datetime,
) -> Stated:
    """This function will put what an instrument found into the words that the policies read.

    `score` is the word of the policy's own thresholds, and those are of the instrument that the policy names: points of another
    do not count there. The contract has an assessment of ours state a score, so it states none of those points: 0. Points of an
    earlier assessment are not said again, since they would outlive its being struck out. What the other instrument did score is
    kept with the assessment and in its note.

    `grade_given` is what its grade means in the field's words. Where a policy grades by rules that do not ask for it, the only way
    in is `judged_high`: a high grade of another instrument is stated so, and so is one that a flag or an escalation of the policy's
    own made. What its points alone come to is for the policy's own threshold. The note says that the instrument decided, and what
    the assessor judged; the assessment keeps their own answer.
    """
    policy = policy_in_force(landlord_id, at)
    is_policys_own = policy.instrument in (None, instrument.id)
    says: list[str] = []
    if not is_policys_own:
        says.append(
            f"{instrument.title}: {finding.grade}, {finding.score} of {instrument.most}. Our policy counts the points of another"
            " instrument, so these are not among them."
        )
    decided = instrument.is_high(finding.grade) and (not is_policys_own or not instrument.is_high(finding.by_score))
    if decided and not judged_high and "grade_given" not in policy.grades.names:
        judged_high = True
        says.append("The instrument decided that the risk is high. In the assessor's own judgement it is not.")
    return Stated(
        {"by": "us", "instrument": instrument.id, "grade_given": instrument.means(finding.grade)},
        {
            "score": finding.score if is_policys_own else 0,
            "judged_high": judged_high,
            **instruments.facts_of(instrument, answers),
        },
        " ".join(says),
    )


def is_another_instrument(landlord_id: str, named: str, now: datetime) -> bool:
    """This function will say whether a name, by which somebody else tells of an instrument, is of one of ours that the policy does not count by.

    A name that we do not know may be another word for the policy's own: the points of that count.
    """
    policys = policy_in_force(landlord_id, now).instrument
    names = {word.casefold(): one.id for one in instruments.instruments_of(landlord_id) for word in (one.id, one.title)}
    return policys is not None and names.get(named.casefold(), policys) != policys


def is_of_other_points(landlord_id: str, payload: Mapping[str, Mapping[str, Any]]) -> bool:
    """This function will say whether the score of an entry stands for the points of an instrument that no policy here counts by.

    It is nobody's answer then, and is not told as one: not on a page, and not to another agency.
    """
    fields, named = payload["fields"], {policy.instrument for policy in policies_of(landlord_id).versions}
    return (
        payload["facts"].get("score") == 0
        and fields.get("by") == "us"
        and bool(fields.get("instrument"))
        and named.isdisjoint({None, fields["instrument"]})
    )


def known_facts(landlord_id: str, rows: Iterable[Told], ruling: Ruling) -> Mapping[str, Any]:
    """This function will give the facts of a ruling as they may be told: without a score that stands for other points."""
    scored = [row for row in standing_rows(rows, ruling.at) if "score" in row.payload["facts"]]
    last = max(scored, key=lambda row: (row.at, row.sequence), default=None)
    if last is None or not is_of_other_points(landlord_id, last.payload):
        return ruling.facts
    return {name: value for name, value in ruling.facts.items() if name != "score"}


# ── Rulings ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def no_earlier(story: Iterable[Entry], now: datetime) -> datetime:
    """This function will give `now`, or the moment of the latest entry where that is later.

    Nothing is recorded before it happened. Where an entry seems still to come, the clock was set back, or this server's is
    behind another's: what is on the record counts all the same.
    """
    return max((now, *(entry.at for entry in story)))


def rule_on(landlord_id: str, story: Sequence[Entry], now: datetime) -> Ruling:
    """This function will say what a landlord's policy requires of a story at a moment."""
    return rule(policies_of(landlord_id), story, no_earlier(story, now))


def owed_on(landlord_id: str, story: Sequence[Entry], now: datetime) -> Owed:
    """This function will give the facts and duties of a story: what is projected of a ruling."""
    return owed(policies_of(landlord_id), story, no_earlier(story, now))


def refusals_of(landlord_id: str, story: Sequence[Entry], entry: Entry, now: datetime) -> tuple[Refusal, ...]:
    """This function will give the gates that stand in the way of an entry."""
    return permit(policies_of(landlord_id), story, entry, no_earlier(story, now))


def advice_for(landlord_id: str, story: Sequence[Entry], kind: str, now: datetime) -> tuple[Advice, ...]:
    """This function will give what the policy says to somebody about to make an entry of a kind."""
    return advise(policies_of(landlord_id), story, kind, no_earlier(story, now))


def usual_entry(row: DutyRow, kind: str = "") -> tuple[str, bool, Mapping[str, object]]:
    """This function will give what usually meets a duty: a kind of entry, whether it answers the one that began it, its values.

    With a kind, that of the first pattern of the kind.
    """
    for pattern in row.met_by:
        if kind and pattern.kind != kind:
            continue
        values: dict[str, object] = {}
        for atom in pattern.atoms:
            if atom.test in ("yes", "no"):
                values[atom.name] = atom.test == "yes"
            elif atom.test == "is" and isinstance(atom.side, str | int | float):
                values[atom.name] = atom.side
            elif atom.test == "includes":
                values[atom.name] = frozenset({atom.side})
        return pattern.kind, pattern.of_it, values
    return "", False, {}


def term_of(landlord_id: str, name: str, kind: str = "") -> Term | None:
    """This function will give the term of a field of a kind, or of a fact."""
    own = ENTRY_KINDS[kind].fields if kind in ENTRY_KINDS else {}
    return own.get(name) or vocabulary_of(landlord_id).facts.get(name)


def standing_rows(rows: Iterable[Told], now: datetime) -> list[Told]:
    """This function will give the entries that count at `now`, in the order of their moments: none that was struck.

    It says of rows what the engine says of a story, for what the engine does not know: who, and to whom.
    """
    rows = list(rows)
    if not any(row.kind == "struck" for row in rows):
        return sorted(rows, key=lambda row: row.at)
    found = {entry_id(row.sequence): row for row in rows}
    bare = [
        Entry(name, row.at, row.kind, None if row.of_sequence is None else entry_id(row.of_sequence), {}, {})
        for name, row in found.items()
    ]
    return [found[entry.id] for entry in standing(bare, no_earlier(bare, now))]


def is_referral_to(pattern: Pattern, kind: str) -> bool:
    """This function will say whether a pattern names referrals to a kind of service: one that says nothing of whom speaks of every kind,
    and of none."""
    atoms = [atom for atom in pattern.atoms if atom.name == "to"]
    return pattern.kind == "referral" and any(
        (atom.test == "is" and atom.side == kind)
        or (atom.test == "in" and isinstance(atom.side, tuple | frozenset) and kind in atom.side)
        for atom in atoms
    )


class AskedFor(NamedTuple):
    """Whether the facts of a case have the policy ask for a referral, and what it turns on there: each fact, as the file has it."""

    is_asked: bool
    because: tuple[tuple[str, str], ...]


def asked_for(landlord_id: str, kind: str, facts: Mapping[str, Any], now: datetime) -> AskedFor | None:
    """This function will say whether the policy in force asks, by facts, for a referral to a kind of service; None where no row of it does.

    A grade is looked through to what the policy grades by.
    """
    policy = policy_in_force(landlord_id, now)
    rows = [row for row in policy.rows if isinstance(row, DutyRow) and row.when is not None]
    rows = [row for row in rows if any(is_referral_to(pattern, kind) for pattern in row.met_by)]
    if not rows:
        return None
    holding = [row.when for row in rows if row.when is not None and row.when.holds(facts) is True]
    because: dict[str, str] = {}
    for condition in holding:
        for atom in condition.reasons(facts):
            graded = [one.when for one in policy.grades.rows if one.when and one.name == facts.get("grade")]
            through = [each for when in graded for each in when.reasons(facts)] if atom.name == "grade" else []
            because |= {one.text: one.name for one in through or [atom]}
    return AskedFor(bool(holding), tuple((name, text) for text, name in because.items()))


# ── Pathways ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_for_causing_harm(row: OptionRow) -> bool:
    """This function will say whether a menu is for the person causing harm: it has their service, or is there for them alone.

    A menu of what the landlord does about them (an assessment, enforcement) is nothing that they are offered.
    """
    if PERPETRATOR_SERVICE in row.offer:
        return True
    if row.when is None or CUSTOMER not in row.when.names() or any(item in ENTRY_KINDS for item in row.offer):
        return False
    return row.when.holds({CUSTOMER: "survivor"}) is False and row.when.holds({CUSTOMER: "perpetrator"}) is not False


def turns_on_choice(row: OptionRow) -> bool:
    """This function will say whether a menu belongs to what the person at risk chose to do."""
    return row.when is not None and CHOICE in row.when.names()


def words_of_choice(landlord_id: str) -> tuple[tuple[str, str], ...]:
    """This function will give what the person at risk may choose: word and title of each."""
    words = vocabulary_of(landlord_id).facts[CHOICE].words
    return words if isinstance(words, tuple) else ()


PERPETRATOR_SERVICE, CUSTOMER, CHOICE = "perpetrator_service", "customer_is", "choice"
