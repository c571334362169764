"""The rows of the log and how they hang together: each member of staff has a strand, and each row takes in the one before.

An action holds the strand of whoever acts until its transaction ends, from before it locks anything else. A row that
stands alone is added without holding anything longer than that takes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, connection

from fanlight.casework import keys, sql
from fanlight.casework.models import Log, Staff

NOBODY = 0
"""The strand of whoever is not signed in."""

_LOCK = 6247
"""The name of our locks among those of a PostgreSQL database."""
_TRIES = 50


class Head(NamedTuple):
    """The last row of a strand: its number and hash."""

    number: int
    hash: bytes


def strand_of(by: Staff | None) -> int:
    """This function will name the strand of somebody's rows."""
    return by.pk if by else NOBODY


def holding(strand: int) -> list[sql.Read]:
    """This function will give the reads that hold a strand until the transaction ends, and give its last row.

    SQLite lets one transaction write at a time, and needs no more.
    """
    held = [sql.Read("", [_LOCK, strand], also=("pg_advisory_xact_lock(%s, %s) is null",))]
    return [*(held if connection.vendor == "postgresql" else []), _last(strand)]


def head_in(read: list[list[list[Any]]]) -> Head:
    """This function will give the last row of a strand from what the reads of `holding` found."""
    rows = read[-1]
    return Head(rows[0][0], bytes(rows[0][1])) if rows else Head(0, keys.BEGINNING)


def _last(strand: int) -> sql.Read:
    which = "from casework_log log where log.strand = %s order by log.number desc limit 1"
    return sql.Read(which, [strand], also=("log.number", "log.hash"))


def log_row(
    head: Head,
    what: str,
    outcome: str,
    case_id: int | None,
    detail: Mapping[str, Any],
    *,
    landlord_id: str | None = None,
    by: Staff | None,
    now: datetime,
) -> Mapping[str, object]:
    """This function will give the row that comes after the last of its strand. The landlord is that of whoever acts, if anybody does."""
    row = {
        "landlord_id": by.landlord_id if by else landlord_id,
        "at": now,
        "staff_id": by.pk if by else None,
        "what": what,
        "outcome": outcome,
        "case_id": case_id,
        "detail": detail,
        "strand": strand_of(by),
        "number": head.number + 1,
    }
    return {**row, "hash_before": head.hash, "hash": keys.link(head.hash, [row[name] for name in Log.HASHED])}


def add_row(
    what: str,
    outcome: str,
    detail: Mapping[str, Any],
    *,
    case: sql.Read | None = None,
    landlord_id: str | None = None,
    by: Staff | None,
    now: datetime,
) -> None:
    """This function will add a row that stands alone: a view, a sign-in. `case` reads the id of the case that it concerns."""
    strand = strand_of(by)
    for tried in range(_TRIES):
        # In a transaction nobody comes between, and a conflict would be the end of it.
        reads = holding(strand) if connection.in_atomic_block else [_last(strand)]
        found = sql.select_together(*([case] if case else []), *reads)
        case_id = found[0][0][0] if case and found[0] else None
        row = log_row(head_in(found), what, outcome, case_id, detail, landlord_id=landlord_id, by=by, now=now)
        batch = sql.Batch()
        if connection.vendor == "postgresql":
            batch.add("select pg_advisory_xact_lock(%s, %s)", [_LOCK, strand])
        batch.insert(Log, [row])
        try:
            batch.send()
        except IntegrityError:
            # Somebody added to the strand in between: it comes after that row.
            if connection.in_atomic_block or tried + 1 == _TRIES:
                raise
        else:
            return
