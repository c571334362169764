"""The one write path, below every action: vocabulary, moments, closed cases, conflict, policy, append, project.

Every action that writes an entry comes through `write`; who may do it is settled before, by the action.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from fanlight.casework import keys, rulings, sql
from fanlight.casework.access import Refused, Standing
from fanlight.casework.actions.logged import LogRow, Read
from fanlight.casework.actions.police_logs import index_police_logs
from fanlight.casework.actions.project import project
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.actions.unsaid import check_unsaid
from fanlight.casework.models import Case, Entry, Staff
from fanlight.casework.queries.answers import ANSWERS, MUST_ANSWER, ON_A_CLOSED_CASE, STATED_APART
from fanlight.casework.queries.reach_words import SAY_HOW, reaches_out
from fanlight.casework.queries.refusal_lines import refusal_lines
from fanlight.casework.queries.story import story_lines_after
from fanlight.casework.rulings import Faults, Told
from fanlight.casework.statute import AGES, OLDEST
from fanlight.policy.vocabulary import ENTRY_KINDS

NOTHING: Mapping[str, object] = MappingProxyType({})

_FRAME = ("id", "at", "entry", "of")


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that somebody means to make; `at` is None for now."""

    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    of_sequence: int | None = None
    at: datetime | None = None
    to_staff: Staff | None = None
    copied: bool = False
    """It stands on the record of another case already: policy was asked then."""
    is_also: tuple[str, ...] = ()
    """Kinds that it is as well: a contact that was a visit passes the gates before a visit."""
    reach: Mapping[str, object] = field(default_factory=dict)
    """How somebody was reached by it, as the safe-contact gate let it pass; sealed beside fields and facts, and no part of the story."""
    marac: Mapping[str, object] = field(default_factory=dict)
    """That another agency referred to the MARAC, and on which day; sealed in the same way, and no part of the story."""


def write(
    case: Case,
    standing: Standing,
    drafts: Sequence[Draft],
    *,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    log: LogRow,
    by: Staff,
    now: datetime,
) -> int:
    """This function will append entries to a case that is locked, and give the sequence of the last.

    All are appended, or none.
    """
    drafts = [_cleaned(draft) for draft in drafts]
    check_unsaid(case, [text for draft in drafts if not draft.copied for text in _texts(draft)])
    # The duties are those of the moment at which the case was locked, as the entries are.
    record = log.record_of(case)
    writing = _Writing(case, standing, record.told, by, now)
    entries = [writing.check(draft) for draft in drafts]
    if expected_sequence is not None and expected_sequence < case.last_sequence:
        raise Conflict(story_lines_after(case, expected_sequence), case.last_sequence)
    refusals: dict[str, rulings.Refusal] = {}
    for place, (draft, entry) in enumerate(zip(drafts, entries, strict=True), start=1):
        for refusal in writing.take(draft, entry, overrides, is_last=place == len(drafts)):
            refusals.setdefault(refusal.row.id, refusal)
    if refusals:
        # All of it at once: whoever sends a referral that is a share is not sent back twice.
        raise Stopped(refusal_lines(case.landlord_id, tuple(refusals.values()), standing))
    head = writing.append(log.batch, record)
    index_police_logs(case, writing.rows, writing.before, log.batch, now)
    log.detail.setdefault("entries", []).extend(writing.new_entries())
    # The chain of the log holds that of the case: entries cut from its end are missed there.
    log.detail.setdefault("heads", []).append((case.pk, writing.rows[-1].sequence, head.hex()))
    if writing.overrode:
        log.detail["overrode"] = writing.overrode
    return writing.rows[-1].sequence


def entry_row(case: Case, told: Told, note: str, before: bytes) -> tuple[Mapping[str, object], bytes]:
    """This function will give the row of an entry as it is stored, sealed and linked to the hash `before` it, and its own hash."""
    of_case, payload = rulings.key_of(case.pk), _AS_TEXT(told.payload)
    row = {
        "landlord_id": case.landlord_id,
        "case_id": case.pk,
        **told._asdict(),
        "payload": keys.seal(of_case, rulings.payload_place(case.pk, told.sequence), payload),
        "note": keys.seal(of_case, rulings.note_place(case.pk, told.sequence), note) if note else b"",
    }
    own = keys.link(before, [row[name] for name in Entry.HASHED])
    return {**row, "hash_before": before, "hash": own}, own


_AS_TEXT = json.JSONEncoder(separators=(",", ":")).encode


class _Writing:
    """The entries of one action on their way to the record."""

    def __init__(self, case: Case, standing: Standing, rows: list[Told], by: Staff, now: datetime) -> None:
        self.case = case
        self.standing = standing
        self.rows = rows
        self.by = by
        self.now = now
        self.story = list(rulings.story_of(case.landlord_id, rows))
        self.before = len(rows)
        self.notes: dict[int, str] = {}
        self.overrode: list[str] = []

    @property
    def _next(self) -> int:
        return (self.rows[-1].sequence if self.rows else 0) + 1

    def check(self, draft: Draft) -> rulings.Entry:
        """This function will read a draft as if it came next, and raise where it is not understood, is still to come, or comes too late."""
        entry = self._read(draft)
        apart = {} if draft.copied or draft.kind == "assessment" else STATED_APART
        if told := [name for name, value in draft.facts.items() if name in apart and value is not None]:
            raise Faulty({name: (apart[name],) for name in told})
        if not draft.copied:
            _check_ages(draft)
        if reaches_out(draft.kind, draft.fields) and not draft.reach and not draft.copied:
            raise Faulty({"reach": (SAY_HOW,)})
        if draft.at is not None and not draft.copied and entry.at > self.now:
            raise Faulty({"at": ("That moment is still to come: record it when it has been done.",)})
        if self.case.status == "joined":
            raise Refused("This case was joined to another: record it there.")
        if self.case.status == "closed" and draft.kind not in ON_A_CLOSED_CASE and not draft.reach.get("settles"):
            raise Refused("This case is closed. It takes another report, a receipt, a strike, or its reopening.")
        if draft.kind == "reopened" and self.case.status != "closed":
            raise Refused("This case is not closed.")
        if draft.of_sequence is None or draft.of_sequence <= self.case.last_sequence or not draft.copied:
            self._check_answer(draft, entry.at)
        return entry

    def _check_answer(self, draft: Draft, at: datetime) -> None:
        of = draft.of_sequence
        if of is None:
            if draft.kind in MUST_ANSWER:
                raise Faulty({"of_sequence": (ENTRY_KINDS[draft.kind].of,)})
            return
        answered = next((row for row in self.rows if row.sequence == of), None)
        if answered is None:
            raise Faulty({"of_sequence": ("There is no such entry in this case.",)})
        kinds = ANSWERS.get(draft.kind)
        if kinds and answered.kind not in kinds:
            wanted = " or ".join(ENTRY_KINDS[kind].title.lower() for kind in kinds)
            raise Faulty({"of_sequence": (f"It answers a {wanted}, and that entry is none.",)})
        if answered.at > at:
            raise Faulty({"at": ("That is before the entry that it answers.",)})
        struck = {row.of_sequence for row in rulings.standing_rows(self.rows, self.now) if row.kind == "struck"}
        if of in struck:
            raise Faulty({"of_sequence": ("That entry was struck out.",)})

    def take(
        self, draft: Draft, entry: rulings.Entry, overrides: Sequence[tuple[str, str]], *, is_last: bool
    ) -> tuple[rulings.Refusal, ...]:
        """This function will add an entry to the story, with the overrides that free it, and give the gates that refuse it all the same.

        Of several entries each has the overrides of the gates before it, and the last what is left.
        """
        if overrides and not (is_last and not self.overrode):
            before = {refusal.row.id for refusal in self._refusals(draft, entry)}
            left = {gate for gate, _ in overrides}.difference(self.overrode) if is_last else set()
            overrides = [(gate, reason) for gate, reason in overrides if gate in before | left]
        self._free(self._next + len(overrides), entry.at, overrides)
        if entry.id != (own := rulings.entry_id(self._next)):
            entry = replace(entry, id=own)
        refusals = () if draft.copied else self._refusals(draft, entry)
        self._add(draft, entry)
        return refusals

    def _refusals(self, draft: Draft, entry: rulings.Entry) -> tuple[rulings.Refusal, ...]:
        """The gates that stand in its way: those before its own kind, and those before any other kind that it is too."""
        each = (entry, *(replace(entry, kind=kind, fields={}) for kind in draft.is_also))
        found = (rulings.refusals_of(self.case.landlord_id, self.story, one, self.now) for one in each)
        return tuple(refusal for refusals in found for refusal in refusals)

    def _free(self, of: int, at: datetime, overrides: Sequence[tuple[str, str]]) -> None:
        gates = {gate.id: gate for gate in rulings.policy_in_force(self.case.landlord_id, self.now).gates}
        for gate_id, reason in overrides:
            gate = gates.get(gate_id)
            role = self.standing.override_role(gate.override) if gate else ""
            if not role:
                raise Refused("You may not set this requirement of the policy aside.")
            if not says_something(reason):
                raise Faulty({f"override:{gate_id}": ("Say why the policy is set aside.",)})
            fields = {"gate": gate_id, "reason": reason, "by": role}
            draft = _cleaned(Draft("override", fields, of_sequence=of, at=at))
            self._add(draft, self._read(draft))
            self.overrode.append(gate_id)

    def _add(self, draft: Draft, entry: rulings.Entry) -> None:
        sequence = self._next
        self.story.append(entry)
        self.rows.append(
            Told(
                sequence=sequence,
                kind=draft.kind,
                at=entry.at,
                recorded_at=self.now,
                by_id=self.by.pk,
                of_sequence=draft.of_sequence,
                to_staff_id=draft.to_staff.pk if draft.to_staff else None,
                payload=rulings.payload_of(entry) | _beside(draft),
            )
        )
        self.notes[sequence] = draft.note

    def _read(self, draft: Draft) -> rulings.Entry:
        try:
            return self._proposed(draft, draft.fields, draft.facts)
        except Faults as faults:
            raise Faulty(self._by_field(draft, faults)) from None

    def _proposed(self, draft: Draft, fields: Mapping[str, object], facts: Mapping[str, object]) -> rulings.Entry:
        return rulings.proposed(
            self.case.landlord_id,
            sequence=self._next,
            kind=draft.kind,
            at=self._moment_of(draft),
            of_sequence=draft.of_sequence,
            fields=fields,
            facts=facts,
        )

    def _moment_of(self, draft: Draft) -> datetime:
        """Now, where nothing else is said; but what answers an entry is never before it, whatever this server's clock says."""
        if draft.at is not None:
            return draft.at
        if draft.of_sequence is None:
            return self.now
        answered = (row.at for row in self.rows if row.sequence == draft.of_sequence)
        return max((self.now, *answered))

    def _by_field(self, draft: Draft, faults: Faults) -> dict[str, tuple[str, ...]]:
        """This function will lay each fault at the field that has it: what one field alone does wrong is its own."""
        found: dict[str, list[str]] = {}
        told: set[str] = set()
        for name, value in (*draft.facts.items(), *draft.fields.items()):
            try:
                self._proposed(draft, {name: value}, NOTHING)
            except Faults as own:
                said = [f"{fault.what} {fault.mend}".strip() for fault in own.faults if f"'{name}'" in fault.what]
                found.setdefault(name, []).extend(said)
                told.update(said)
        for fault in faults.faults:
            said_of_all = f"{fault.what} {fault.mend}".strip()
            if said_of_all not in told:
                name = next(
                    (
                        part
                        for part in fault.what.split("'")[1::2]
                        if rulings.term_of(self.case.landlord_id, part, draft.kind)
                    ),
                    "",
                )
                found.setdefault(name, []).append(said_of_all)
        return {name: tuple(said) for name, said in found.items() if said}

    def append(self, batch: sql.Batch, record: Read) -> bytes:
        """This function will write the new rows, and what they change in the projections; it gives the hash of the last row."""
        head = record.last_hash
        rows = []
        for told in self.rows[self.before :]:
            row, head = entry_row(self.case, told, self.notes[told.sequence], head)
            rows.append(row)
        batch.insert(Entry, rows)
        try:
            owed = rulings.owed_on(self.case.landlord_id, self.story, self.now)
        except Faults as faults:
            raise Faulty({"at": tuple(f"{fault.what} {fault.mend}".strip() for fault in faults.faults)}) from None
        new = frozenset(row.kind for row in self.rows[self.before :])
        by = self.by if self.standing.sees else None
        project(self.case, self.rows, owed, batch, new=new, stored=record.duties, away=record.away, by=by, now=self.now)
        return head

    def new_entries(self) -> list[tuple[int, str]]:
        """This function will give the sequence and kind of each new entry, and nothing that was told."""
        return [(row.sequence, row.kind) for row in self.rows[self.before :]]


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """What somebody wrote in it: each with the name of its field."""
    yield from ((name, value) for name, value in draft.fields.items() if isinstance(value, str))
    yield "note", draft.note


def _check_ages(draft: Draft) -> None:
    ages = {name: draft.facts.get(name) for name in AGES}
    wrong = [name for name, age in ages.items() if isinstance(age, int | float) and not 0 <= age <= OLDEST]
    if wrong:
        raise Faulty(dict.fromkeys(wrong, (f"Enter an age in years, from 0 to {OLDEST}.",)))


def _beside(draft: Draft) -> dict[str, dict[str, object]]:
    """What is sealed beside the fields and facts of an entry."""
    return {name: dict(said) for name, said in (("reach", draft.reach), ("marac", draft.marac)) if said}


def _cleaned(draft: Draft) -> Draft:
    """This function will take out what no database holds, and refuse words that would stand for the frame of an entry."""
    for name in (*draft.fields, *draft.facts):
        if name in _FRAME:
            raise Faulty({name: ("This is not a field of an entry.",)})
    if draft.at is not None and draft.at.tzinfo is None:
        raise Faulty({"at": ("It does not say in which time zone that is.",)})
    return replace(
        draft,
        fields={name: _clean(value) for name, value in draft.fields.items()},
        facts={name: _clean(value) for name, value in draft.facts.items()},
        note=clean_text(draft.note),
    )


def _clean(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def clean_text(text: str) -> str:
    """This function will give the text without the characters that no database holds, and without blank ends."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()


def says_something(text: str) -> bool:
    """This function will say whether a text has a letter or a digit in it: a reason of blanks, or of what nobody sees, is none."""
    return any(character.isalnum() for character in text)
