"""A story: the entries of a case, read and checked against the vocabulary (LANGUAGE.md section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from math import isfinite
from types import MappingProxyType

from fanlight.policy.clock import read_moment
from fanlight.policy.faults import Fault, Faults, nearest, nearest_or_list
from fanlight.policy.vocabulary import DERIVED, ENTRY_KINDS, FACTS, EntryKind, Term, Vocabulary

Value = bool | int | float | str | frozenset[str] | datetime
"""What a fact or a field holds. Unknown is the absence of a value, never one of these."""

FRAME = ("id", "at", "entry", "of")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the landlord learned or did. Recorded once, never edited."""

    id: str
    at: datetime
    kind: str
    of: str | None
    fields: Mapping[str, Value]
    facts: Mapping[str, Value]


def read_story(data: object, vocabulary: Vocabulary, where: str = "story") -> tuple[Entry, ...]:
    """This function will read a list of entries, or a table with `story = […]`, in the order recorded.

    It raises Faults with everything that is wrong with any entry.
    """
    if isinstance(data, Mapping):
        if "story" not in data:
            raise Faults([Fault(where, "There is no story in it.", "Write a list of entries, or story = [ … ].")])
        data = data["story"]
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise Faults([Fault(where, "A story is a list of entries.", "Write [ { at = …, entry = … }, … ].")])
    faults: list[Fault] = []
    entries: list[Entry] = []
    for place, item in enumerate(data, start=1):
        try:
            entries.append(read_entry(item, vocabulary, f"e{place}", where=f"{where}, entry {place}"))
        except Faults as found:
            faults.extend(found.faults)
    faults.extend(_faults_between(entries, where))
    if faults:
        raise Faults(faults)
    return _with_receivers(entries)


def read_proposal(data: object, vocabulary: Vocabulary, story: Sequence[Entry], now: datetime) -> Entry:
    """This function will read an entry that may be made: its `at` is `now` where it gives none.

    It raises Faults with everything that is wrong with it.
    """
    taken = {entry.id for entry in story}
    free = next(name for number in count(len(story) + 1) if (name := f"e{number}") not in taken)
    entry = read_entry(data, vocabulary, free, default_at=now, where="proposed entry")
    if faults := _faults_between([*story, entry], "proposed entry"):
        raise Faults(faults)
    return _with_receivers([*story, entry])[-1]


def read_entry(
    data: object,
    vocabulary: Vocabulary,
    default_id: str,
    *,
    default_at: datetime | None = None,
    where: str = "entry",
) -> Entry:
    """This function will read one entry from its table of plain values.

    A value of null says nothing. It raises Faults with everything that is wrong with the entry.
    """
    if not isinstance(data, Mapping):
        raise Faults([Fault(where, "An entry is a table.", "Write { at = …, entry = … }.")])
    faults: list[Fault] = []
    said = {str(name): value for name, value in data.items() if value is not None}
    entry_id = said.get("id", default_id)
    if not isinstance(entry_id, str) or not entry_id:
        faults.append(Fault(where, "The id is not a word.", "Write it in quotes, or leave it out."))
        entry_id = default_id
    kind = _read_kind(said, where, faults)
    at = _read_at(said, default_at, where, faults)
    of = said.get("of")
    if of is not None and (not isinstance(of, str) or not of):
        faults.append(Fault(where, "'of' is not the id of an entry.", "Write the id in quotes."))
        of = None
    fields: dict[str, Value] = {}
    facts: dict[str, Value] = {}
    own = kind.fields if kind else {}
    for name, raw in said.items():
        if name in FRAME:
            continue
        term = own.get(name) or vocabulary.facts.get(name)
        if term is None:
            if kind:
                faults.append(_unknown_name(name, kind, vocabulary, where))
            continue
        value = _read_value(raw, term, vocabulary, where, faults)
        if value is None:
            continue
        if name in own:
            fields[name] = value
        if name not in own or name in FACTS:
            facts[name] = value
    if kind and kind.name == "assessment":
        _complete_assessment(fields, facts, where, faults)
    if faults or kind is None or at is None:
        raise Faults(faults)
    return Entry(entry_id, at, kind.name, of, MappingProxyType(fields), MappingProxyType(facts))


def standing(story: Iterable[Entry], now: datetime) -> list[Entry]:
    """This function will give the entries that count at `now`, in order: none from later, none that was struck.

    Where two have the same moment, they stand in the order recorded.
    """
    entries = [entry for entry in story if entry.at <= now]
    entries.sort(key=_at)
    strikes = [entry for entry in entries if entry.kind == "struck" and entry.of is not None]
    if not strikes:
        return entries
    struck = _struck_by(strikes)
    return [entry for entry in entries if entry.id not in struck]


def _struck_by(strikes: Sequence[Entry]) -> set[str | None]:
    """The ids that strikes strike. One that was itself struck never was; of two that strike one another, the later counts."""
    strikers: dict[str | None, list[str]] = {}
    for strike in strikes:
        strikers.setdefault(strike.of, []).append(strike.id)
    counts: dict[str, bool] = {}
    undecided = list(reversed(strikes))
    while undecided:
        strike = next((one for one in undecided if _is_decided(one, strikers, counts)), undecided[0])
        counts[strike.id] = not any(counts.get(striker) for striker in strikers.get(strike.id, ()))
        undecided.remove(strike)
    return {strike.of for strike in strikes if counts[strike.id]}


def _is_decided(strike: Entry, strikers: Mapping[str | None, Sequence[str]], counts: Mapping[str, bool]) -> bool:
    by = [counts.get(striker) for striker in strikers.get(strike.id, ())]
    return True in by or None not in by


def _at(entry: Entry) -> datetime:
    return entry.at


def _read_kind(said: Mapping[str, object], where: str, faults: list[Fault]) -> EntryKind | None:
    name = said.get("entry")
    if name is None:
        faults.append(Fault(where, "It does not say what kind of entry it is.", "Write entry = …"))
        return None
    kind = ENTRY_KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        faults.append(Fault(where, f"'{name}' is not a kind of entry.", nearest(name, ENTRY_KINDS)))
    return kind


def _read_at(
    said: Mapping[str, object], default_at: datetime | None, where: str, faults: list[Fault]
) -> datetime | None:
    if "at" not in said:
        if default_at is None:
            faults.append(Fault(where, "It does not say when.", "Write at = a date and a time."))
        return default_at
    at = read_moment(said["at"])
    if at is None:
        faults.append(
            Fault(where, f"'{said['at']}' is not a moment.", "Write a date and a time, such as 2026-11-24T12:00.")
        )
    return at


def _unknown_name(name: str, kind: EntryKind, vocabulary: Vocabulary, where: str) -> Fault:
    if name in DERIVED:
        return Fault(where, f"'{name}' is worked out from the story; an entry cannot state it.", "Leave it out.")
    known = [*kind.fields, *vocabulary.facts, *FRAME]
    return Fault(where, f"'{name}' is neither a field of '{kind.name}' nor a fact.", nearest(name, known))


def _read_value(raw: object, term: Term, vocabulary: Vocabulary, where: str, faults: list[Fault]) -> Value | None:
    def fault(what: str, mend: str = "") -> None:
        faults.append(Fault(where, what, mend))

    if term.type == "yes/no":
        if isinstance(raw, bool):
            return raw
        fault(f"'{term.name}' is yes or no, and '{raw}' is neither.", "Write true or false.")
    elif term.type == "number":
        if (isinstance(raw, int) and not isinstance(raw, bool)) or (isinstance(raw, float) and isfinite(raw)):
            return raw
        fault(f"'{term.name}' is a number, and '{raw}' is not.", "Write a number without quotes.")
    elif term.type == "moment":
        if moment := read_moment(raw):
            return moment
        fault(f"'{term.name}' is a moment, and '{raw}' is not.", "Write a date and a time.")
    elif term.type == "set of words":
        if isinstance(raw, list | tuple | set | frozenset) and all(isinstance(word, str) and word for word in raw):
            words = frozenset(str(word) for word in raw)
            for word in sorted(words):
                _check_word(word, term, vocabulary, where, faults)
            return words
        fault(f"'{term.name}' is a list of words, and '{raw}' is not.", 'Write ["one", "two"].')
    elif term.type == "either" and isinstance(raw, bool):
        return raw
    elif isinstance(raw, str) and raw.strip():
        if term.type == "word":
            _check_word(raw, term, vocabulary, where, faults)
        return raw
    else:
        fault(f"'{term.name}' is words, and '{raw}' is not.", "Write the words in quotes.")
    return None


def _check_word(word: str, term: Term, vocabulary: Vocabulary, where: str, faults: list[Fault]) -> None:
    titles = vocabulary.titles_of(term)
    if titles is not None and word not in titles:
        faults.append(Fault(where, f"'{word}' is not a word of '{term.name}'.", nearest_or_list(word, titles)))


def _complete_assessment(fields: dict[str, Value], facts: dict[str, Value], where: str, faults: list[Fault]) -> None:
    """An assessment that states no grade states the word `none`; ours states score and judgement (section 8)."""
    fields.setdefault("grade_given", "none")
    facts.setdefault("grade_given", "none")
    if fields.get("by") != "us":
        return
    for name in ("score", "judged_high"):
        if name not in facts:
            faults.append(Fault(where, f"An assessment made by us must state '{name}'.", f"Write {name} = …"))


def _with_receivers(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A receipt that does not say who received has it copied from the referral that it answers (section 8)."""
    sent = {entry.id: to for entry in entries if entry.kind == "referral" and (to := entry.fields.get("to"))}
    return tuple(
        replace(entry, fields=MappingProxyType({**entry.fields, "to": sent[entry.of]}))
        if entry.kind == "receipt" and entry.of in sent and "to" not in entry.fields
        else entry
        for entry in entries
    )


def _faults_between(entries: Sequence[Entry], where: str) -> list[Fault]:
    """Faults that only the whole story shows: an id given twice, an answer to nothing.

    An override names the entry that it frees, which may be yet to come.
    """
    faults: list[Fault] = []
    ids: dict[str, None] = {}
    for entry in entries:
        if entry.id in ids:
            faults.append(Fault(where, f"Two entries have the id '{entry.id}'.", "Give one of them another id."))
        ids[entry.id] = None
    for entry in entries:
        if entry.of is not None and entry.of not in ids and entry.kind != "override":
            faults.append(
                Fault(
                    where,
                    f"Entry '{entry.id}' ({entry.kind}) answers '{entry.of}', and there is no such entry.",
                    nearest(entry.of, (other for other in ids if other != entry.id)),
                )
            )
    return faults
