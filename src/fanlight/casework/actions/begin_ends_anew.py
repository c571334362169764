"""Begins the file of sealed ends anew where it was lost: the log says when, and that nobody can tell what was cut before."""

from datetime import datetime

from django.db import transaction

from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.heads import read_heads, seal_heads
from fanlight.casework.keys import Damaged


def begin_ends_anew(*, now: datetime) -> int:
    """This function will seal the ends of all strands to a new file, and say how many they are.

    It raises keys.Damaged where a file is there: what it says is not to be lost.
    """
    sealed = read_heads()
    if not sealed.is_gone:
        raise Damaged(sealed.fault or "The file of sealed ends is not lost: there is nothing to begin anew.")
    with transaction.atomic():
        add_row("begin_ends_anew", "done", {"from": "command line"}, by=None, now=now)
        return seal_heads(now, begins=True)
