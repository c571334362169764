"""The one row in the log that every action leaves: done, or why not."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from fanlight.casework import sql
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.models import Case, Log, Staff


class LogRow:
    """What the action says of itself while it runs; nothing personal goes into `detail`."""

    def __init__(self, case: Case | None) -> None:
        self.case = case
        self.detail: dict[str, Any] = {}
        self.batch = sql.Batch()
        """What the action writes, sent together with its row in the log."""


@contextmanager
def logged(what: str, *, case: Case | None = None, by: Staff, now: datetime) -> Iterator[LogRow]:
    """This function will run an action in one transaction and leave one row in the log.

    Where the action is refused, what it wrote is taken back, and the row that says so stays.
    """
    row = LogRow(case)
    try:
        with transaction.atomic():
            yield row
            _write(row, what, "done", by, now)
    except NotFound as not_found:
        _write(row, what, "refused", by, now)
        not_found.is_logged = True
        raise
    except Refused as refused:
        row.detail["because"] = refused.sentence
        _write(row, what, "refused", by, now)
        refused.is_logged = True
        raise
    except Faulty as faulty:
        row.detail["faults_in"] = sorted(faulty.faults)
        _write(row, what, "faulty", by, now)
        raise
    except Stopped as stopped:
        row.detail["gates"] = [gate.gate for gate in stopped.gates]
        _write(row, what, "stopped", by, now)
        raise
    except Conflict as conflict:
        row.detail["last_sequence"] = conflict.last_sequence
        _write(row, what, "conflict", by, now)
        raise


def _write(row: LogRow, what: str, outcome: str, by: Staff, now: datetime) -> None:
    # What a refused action meant to write is never sent.
    batch = row.batch if outcome == "done" else sql.Batch()
    batch.insert(Log, [log_row(what, outcome, row.case.pk if row.case else None, row.detail, by=by, now=now)])
    batch.send()


def log_row(
    what: str, outcome: str, case_id: int | None, detail: Mapping[str, Any], *, by: Staff | None, now: datetime
) -> Mapping[str, object]:
    """This function will give a row of the log."""
    return {
        "landlord_id": by.landlord_id if by else None,
        "at": now,
        "staff_id": by.pk if by else None,
        "what": what,
        "outcome": outcome,
        "case_id": case_id,
        "detail": detail,
    }
