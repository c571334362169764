"""How a case stands with the MARAC by its own story: the last referral by whichever agency, the flag, abuse that goes back there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from fanlight.casework import rulings
from fanlight.casework.marac import Happened, Standing, standing
from fanlight.casework.referring import MARAC
from fanlight.casework.rulings import Told
from fanlight.present import day_of

ABUSE = ("report", "incident")
BESIDE = "marac"
"""Where an entry says, beside its fields, that another agency referred: the agency, and the day."""


def happened_in(rows: Iterable[Told], now: datetime, reference: str = "") -> list[Happened]:
    """This function will give what bears on the MARAC in a case: none of it was struck."""
    return [one for row in rulings.standing_rows(rows, now) for one in _happened(row, reference)]


def _happened(row: Told, reference: str) -> Iterator[Happened]:
    fields, facts = row.payload["fields"], row.payload["facts"]
    if row.kind in ABUSE:
        said = fields.get("occurred") or facts.get("occurred")
        yield Happened("abuse", day_of(_moment(said) if said else row.at), row.at, row.sequence, "", reference)
    elif row.kind == "referral" and fields.get("to") == MARAC:
        yield Happened("referral", day_of(row.at), row.at, row.sequence, "", reference)
    elif row.kind == "police_report":
        yield Happened("police", day_of(row.at), row.at, row.sequence, "", reference)
    if noted := row.payload.get(BESIDE):
        on = date.fromisoformat(noted["on"])
        # Theirs was made in the course of that day: what was told on it before we heard of theirs may have been in it.
        yield Happened("referral", on, row.at, row.sequence, noted["agency"], reference)


def _moment(said: object) -> datetime:
    return said if isinstance(said, datetime) else datetime.fromisoformat(str(said))


def standing_of(rows: Sequence[Told], now: datetime) -> Standing | None:
    """This function will say how a case stands by its own story; nothing is read. None where nobody referred."""
    # Nearly every case: nobody has, and no more is asked.
    if not any(
        (row.kind == "referral" and row.payload["fields"].get("to") == MARAC) or BESIDE in row.payload for row in rows
    ):
        return None
    return standing(happened_in(rows, now), day_of(now))
