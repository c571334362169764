"""The one row in the log that every action leaves: done, or why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db import transaction

from fanlight.casework import access, keys, rulings, sql
from fanlight.casework.access import Kept, NotFound, Refused, Standing
from fanlight.casework.actions.log_rows import Head, head_in, holding, log_row, strand_of
from fanlight.casework.actions.project import duties_of
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.models import Case, Log, Staff
from fanlight.casework.rulings import Told
from fanlight.policy.vocabulary import ENTRY_KINDS


class Read(NamedTuple):
    """What is on the record of a case that is locked: its story, the hash of its last entry, its duties, who is kept from it."""

    told: list[Told]
    last_hash: bytes
    duties: sql.Rows
    away: Kept


class LogRow:
    """What the action says of itself while it runs; nothing personal goes into `detail`."""

    def __init__(self, case: Case | None, by: Staff, now: datetime) -> None:
        self.case = case
        self.detail: dict[str, Any] = {}
        self.batch = sql.Batch()
        """What the action writes, sent together with its row in the log."""
        self._by = by
        self._now = now
        self._head: Head | None = None
        self._read: dict[int, Read] = {}

    def lock(self, *cases: Case) -> list[tuple[Case, Standing]]:
        """This function will read cases again, and keep others from writing in them until the transaction ends.

        It gives each with the standing in it of whoever acts, and raises NotFound where they may not see one. The
        strand of the log comes first, then the cases in the order of their ids: two who wait for each other never meet.
        """
        strand = [] if self._head else holding(strand_of(self._by))
        ordered = sorted({case.pk: case for case in cases}.values(), key=lambda case: case.pk)
        each = [(access.finding(self._by, case), *_reads(case)) for case in ordered]
        found = iter(sql.select_together(*strand, *chain.from_iterable(each)))
        if strand:
            self._head = head_in(list(islice(found, len(strand))))
        locked = {}
        for case, reads in zip(ordered, each, strict=True):
            row, *rest = islice(found, len(reads))
            # Before anything of it is opened: what was disposed of is not there.
            locked[case.pk] = access.found(self._by, row, now=self._now, away=access.kept(*rest[-2:]))
            self._read[case.pk] = _read(case, *rest)
        return [locked[case.pk] for case in cases]

    def told(self, case: Case) -> list[Told]:
        """This function will give the story of a case that is locked, as it was when it was locked."""
        return self._read[case.pk].told

    def record_of(self, case: Case) -> Read:
        """This function will give what is on the record of a case that is locked; what was read with the lock, once, since it changes."""
        if read := self._read.pop(case.pk, None):
            return read
        return _read(case, *sql.select_together(*_reads(case)))

    def head(self) -> Head:
        """This function will give the last row of the strand, and hold the strand until the transaction ends."""
        if self._head is None:
            self._head = head_in(sql.select_together(*holding(strand_of(self._by))))
        return self._head

    def read(self, *reads: sql.Read) -> list[list[list[Any]]]:
        """This function will read in one journey with the last row of the strand, which it holds until the transaction ends."""
        strand = [] if self._head else holding(strand_of(self._by))
        found = sql.select_together(*strand, *reads)
        if strand:
            self._head = head_in(found[: len(strand)])
        return found[len(strand) :]

    def taken_back(self) -> None:
        """This function will forget what was meant to be written, and what was read under locks that are gone."""
        self._head = None
        self.batch = sql.Batch()


def _reads(case: Case) -> tuple[sql.Read, ...]:
    return rulings.telling_of(case), duties_of(case), *access.keeping(case)


def _read(case: Case, told: sql.Rows, duties: sql.Rows, named: sql.Rows, others: sql.Rows) -> Read:
    last_hash = bytes(told[-1][-1]) if told else keys.BEGINNING
    return Read(rulings.told_of(case.pk, told), last_hash, duties, access.kept(named, others))


@contextmanager
def logged(what: str, *, case: Case | None = None, by: Staff, now: datetime) -> Iterator[LogRow]:
    """This function will run an action in one transaction and leave one row in the log.

    Where the action is refused, what it wrote is taken back, and the row that says so stays.
    """
    row = LogRow(case, by, now)
    try:
        with transaction.atomic():
            yield row
            _write(row, what, "done", by, now)
    except NotFound as not_found:
        _write_refusal(row, what, "refused", by, now)
        not_found.is_logged = True
        raise
    except keys.Destroyed as destroyed:
        # Disposed of, and brought back without its key by a restored database: it is not there.
        _write_refusal(row, what, "refused", by, now)
        not_there = NotFound()
        not_there.is_logged = True
        raise not_there from destroyed
    except Refused as refused:
        row.detail["because"] = refused.sentence
        _write_refusal(row, what, "refused", by, now)
        refused.is_logged = True
        raise
    except Faulty as faulty:
        row.detail["faults_in"] = sorted({_ours(name, by) for name in faulty.faults})
        _write_refusal(row, what, "faulty", by, now)
        raise
    except Stopped as stopped:
        row.detail["gates"] = [gate.gate for gate in stopped.gates]
        _write_refusal(row, what, "stopped", by, now)
        raise
    except Conflict as conflict:
        row.detail["last_sequence"] = conflict.last_sequence
        _write_refusal(row, what, "conflict", by, now)
        raise


_FIELDS = frozenset(
    (
        *(
            "at",
            "of_sequence",
            "kind",
            "into",
            "reason",
            "outcome",
            "people",
            "part",
            "name",
            "phone",
            "email",
            "staff_email",
        ),
        *(
            "staff",
            "deputy",
            "last_day",
            "relation",
            "purpose",
            "review",
            "role",
            "roles",
            "patches",
            "password",
            "code",
        ),
        *(
            "reach",
            "reach_reason",
            "means",
            "value",
            "standing",
            "told_by_them",
            "days",
            "since",
            "what",
            "note",
            "result",
        ),
        *("sequence", "subject", "keep_until", "to", "line", "postcode", "home", "until", "review_on"),
        *("address", "named", "moves_on", "answer", "note", "way", "may_write"),
        *("same_as", "not_them", "born", "reference"),
        *(
            "giver",
            "giver_name",
            "giver_reason",
            "capacity",
            "capacity_note",
            "limits",
            "answer",
            "how",
            "organisation",
            "service",
        ),
        *("about", "items", "named", "necessity", "proportion", "article_6", "article_9", "article_10", "common_law"),
        *("section_115", "without", "why_without", "conditions_kept", "agreement"),
        *("attention", "where", "confirmed_by"),
        *("title", "services", "purposes", "made_on"),
        *("service", "way", "permission", "own_request", "answers", "kinds", "areas", "web", "form_web", "said"),
        *("instrument", "judged_high", "incidents", "agency", "made_on", "grade", "score"),
        *("area", "meets_at", "returns_on", "who", "case", "brought_by", "came", "owner", "due_on", "done_on", "text"),
        *("becomes", "why", "other", "note", "lives", "school", "responsibility"),
    )
)


def _ours(name: str, by: Staff) -> str:
    """The name of a field where it is one of ours; whoever asks the API names fields as they like, and that may name somebody."""
    if name in _FIELDS or name.startswith("override:"):
        return name
    words = rulings.vocabulary_of(by.landlord_id).facts
    return name if name in words or any(name in kind.fields for kind in ENTRY_KINDS.values()) else "another"


def _write(row: LogRow, what: str, outcome: str, by: Staff, now: datetime) -> None:
    case_id = row.case.pk if row.case else None
    row.batch.insert(Log, [log_row(row.head(), what, outcome, case_id, row.detail, by=by, now=now)])
    row.batch.send(ends=True)


def _write_refusal(row: LogRow, what: str, outcome: str, by: Staff, now: datetime) -> None:
    row.taken_back()
    with transaction.atomic():
        _write(row, what, outcome, by, now)
