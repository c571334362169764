"""The heads of the log's strands, written to a file outside the database: what is cut from the end of a chain is missed there.

Each line of the file says where some strands ended at a moment, and takes in the line before it. Keep the file, or a
copy of it, where whoever may write in the database may not write. That there is such a file is remembered in the key store,
apart from the database and from the file: whoever takes the file away is noticed, however they cut the log.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from fanlight.casework import keys, sql
from fanlight.casework.keys import Subject

SEALED_BEFORE = Subject("installation", "ends")
"""Its key is made with the first line of the file, and seals nothing: that it is there says that there was a file."""

_ENDS = """from casework_staff staff join casework_log log on log.strand = staff.id
    and log.number = (select max(latest.number) from casework_log latest where latest.strand = staff.id)"""
_END_OF_NOBODY = "from casework_log log where log.strand = 0 order by log.number desc limit 1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the file says: where each strand ended when it was last sealed, and when that was; `fault` where it does not hold.

    `is_gone`: ends were sealed before, and there is no line of it any more.
    """

    ends: Mapping[int, tuple[int, bytes]] = field(default_factory=dict)
    at: str = ""
    last: bytes = keys.BEGINNING
    fault: str = ""
    is_gone: bool = False


def file_of_heads() -> Path:
    """This function will say where the file is."""
    return Path(settings.HEADS)


def read_heads() -> Sealed:
    """This function will read the file; a line that was changed, or that misses the one before, is a fault; so is a file that is gone."""
    file = file_of_heads()
    ends: dict[int, tuple[int, bytes]] = {}
    at, last = "", keys.BEGINNING
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines() if file.exists() else (), start=1):
        try:
            said: dict[str, Any] = json.loads(line)
            seal = bytes.fromhex(said.pop("seal"))
            found = {int(strand): (int(end), bytes.fromhex(of)) for strand, (end, of) in said["ends"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return Sealed(ends, at, last, f"Line {number} of {file.name} is not what Fanlight wrote.")
        if keys.link(last, [said]) != seal:
            return Sealed(
                ends, at, last, f"Line {number} of {file.name} was changed, or the line before it is missing."
            )
        ends = found if said["begins"] else {**ends, **found}
        at, last = said["at"], seal
    if not at and keys.is_made(SEALED_BEFORE):
        missing = (
            f"{file} is gone or empty, and ends were sealed in it before: what was cut from the log cannot be told."
        )
        return Sealed(fault=missing, is_gone=True)
    return Sealed(ends, at, last)


def seal_heads(now: datetime, *, begins: bool = False) -> int:
    """This function will add to the file where the strands end that have grown, and say how many have.

    With `begins` what was sealed before no longer holds: the database was restored from a backup, or the file was lost. It raises
    keys.Damaged where the file itself does not hold, so that nothing hides behind a new line or a new file.
    """
    sealed = read_heads()
    if sealed.fault and not (begins and sealed.is_gone):
        raise keys.Damaged(f"{sealed.fault} Run `fanlight verify`, and find out who touched it.")
    rows = sql.select(_ENDS, [], also=("log.strand", "log.number", "log.hash"))
    rows += sql.select(_END_OF_NOBODY, [], also=("log.strand", "log.number", "log.hash"))
    grown = {strand: (number, bytes(of)) for strand, number, of in rows}
    if not begins:
        grown = {strand: end for strand, end in grown.items() if sealed.ends.get(strand) != end}
        if not grown:
            return 0
    said = {
        "at": now.isoformat(timespec="seconds"),
        "begins": begins,
        "ends": {str(strand): [number, of.hex()] for strand, (number, of) in sorted(grown.items())},
    }
    line = json.dumps({**said, "seal": keys.link(sealed.last, [said]).hex()}) + "\n"
    with os.fdopen(os.open(file_of_heads(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    keys.make(SEALED_BEFORE)
    return len(grown)
