"""A form that is sent twice is carried out once: by a browser that tries again, a double click, or after a lost answer."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from fanlight.casework import sql
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.models import SentForm, Staff

MARK_LENGTH = 22
"""How long a mark is at least: 128 bits of chance in letters."""


class Sending(NamedTuple):
    """One sending of a form: which showing of it, and what it says, both as digests."""

    showing: str
    said: str


def sending(mark: str, said: Iterable[tuple[str, str]]) -> Sending | None:
    """This function will tell one sending of a form from others: by the mark of its showing, and by all that it says.

    A form to which somebody goes back, to change it and send it again, says something else, and is carried out.
    Without a mark of full length there is nothing to go by.
    """
    if len(mark) < MARK_LENGTH:
        return None
    words = [mark, *(word for pair in sorted(said) for word in pair)]
    return Sending(_digest([mark]), _digest(words))


def once(*, sent: Sending | None, act: Callable[[], str], by: Staff, now: datetime) -> str:
    """This function will do `act`, which gives the address of the page that follows, unless it was done already.

    What it does and that it was done are one transaction; where two come at once, the second waits for the first. An
    act that is refused has not been done, and its row in the log stays.
    """
    if sent is None:
        return act()
    refused: Exception | None = None
    with transaction.atomic():
        row = _claim(sent, by, now)
        if row is None:
            return SentForm.objects.values_list("went_to", flat=True).get(staff=by, showing=sent.showing)
        try:
            went_to = act()
        except (NotFound, Refused, Faulty, Stopped, Conflict) as refusal:
            refused = refusal
            SentForm.objects.filter(pk=row).delete()
        else:
            batch = sql.Batch()
            batch.update(SentForm, row, {"went_to": went_to})
            batch.send(ends=True)
    if refused is not None:
        raise refused
    return went_to


def forget_sent_forms(*, before: datetime) -> int:
    """This function will forget the forms that were sent before a moment, and say how many there were."""
    return SentForm.objects.filter(at__lt=before).delete()[0]


_CLAIM = """insert into casework_sentform as sent (staff_id, showing, said, at, went_to) values (%s, %s, %s, %s, '')
    on conflict (staff_id, showing) do update set said = excluded.said, at = excluded.at where sent.said <> excluded.said
    returning id"""


def _claim(sent: Sending, by: Staff, now: datetime) -> int | None:
    """The id of the row, or None where the same was sent before; whoever comes second waits here."""
    rows = sql.carry_out(_CLAIM, [by.pk, sent.showing, sent.said, now])
    return rows[0][0] if rows else None


def _digest(words: Iterable[str]) -> str:
    return sha256("\x00".join(f"{len(word)}:{word}" for word in words).encode("utf-8", "replace")).hexdigest()
