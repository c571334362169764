"""Copies of a database for keeping: sealed as they are made, read back before they count, restored whole or not at all.

Nothing of a database is written to a disk in clear: it comes in pieces, from memory or through a pipe, and is sealed piece
by piece. The key store is a database apart and is copied apart, since its copies must lapse: while one of them is kept,
what was sealed under the keys in it can be read again, even after it was disposed of.
"""

from fanlight.casework.copies.problems import CopyProblem
from fanlight.casework.copies.whole import (
    KEYS,
    RECORD,
    Backup,
    Watch,
    about_file,
    back_up,
    check_age,
    check_empty,
    check_file,
    restore,
)

__all__ = [
    "KEYS",
    "RECORD",
    "Backup",
    "CopyProblem",
    "Watch",
    "about_file",
    "back_up",
    "check_age",
    "check_empty",
    "check_file",
    "restore",
]
