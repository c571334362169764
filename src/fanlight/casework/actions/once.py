"""A form that is sent twice is carried out once: by a browser that tries again, a double click, or after a lost answer."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.models import SentForm, Staff

MARK_LENGTH = 22
"""How long a mark is at least: 128 bits of chance in letters."""

_CLAIM = """insert into casework_sentform (staff_id, digest, at, went_to) values (%s, %s, %s, '')
    on conflict (staff_id, digest) do nothing returning id"""


def digest_of(mark: str, said: Iterable[tuple[str, str]]) -> str:
    """This function will give what tells one sending of a form from every other: its mark and all that it says.

    The mark is made anew whenever a form is shown. A form that is changed and sent again says something else, and is
    another; without a mark of full length there is nothing to go by, and the digest is empty.
    """
    if len(mark) < MARK_LENGTH:
        return ""
    words = [mark, *(word for pair in sorted(said) for word in pair)]
    return sha256("\x00".join(f"{len(word)}:{word}" for word in words).encode("utf-8", "replace")).hexdigest()


def once(*, digest: str, act: Callable[[], str], by: Staff, now: datetime) -> str:
    """This function will do `act`, which gives the address of the page that follows, unless it was done already.

    What it does and that it was done are one transaction; where two come at once, the second waits for the first. An
    act that is refused has not been done, and its row in the log stays. Without a digest it is simply done.
    """
    if not digest:
        return act()
    refused: Exception | None = None
    with transaction.atomic():
        claimed = _claim(digest, by, now)
        if claimed is None:
            return SentForm.objects.values_list("went_to", flat=True).get(staff=by, digest=digest)
        try:
            went_to = act()
        except (NotFound, Refused, Faulty, Stopped, Conflict) as refusal:
            refused = refusal
            SentForm.objects.filter(pk=claimed).delete()
        else:
            SentForm.objects.filter(pk=claimed).update(went_to=went_to)
    if refused is not None:
        raise refused
    return went_to


def _claim(digest: str, by: Staff, now: datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [by.pk, digest, connection.ops.adapt_datetimefield_value(now)])
        row = cursor.fetchone()
    return row[0] if row else None


def forget_sent_forms(*, before: datetime) -> int:
    """This function will forget the forms that were sent before a moment, and say how many there were."""
    return SentForm.objects.filter(at__lt=before).delete()[0]
