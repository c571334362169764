"""How a case stands with the MARAC, by its story and by those of other cases of the same two people: the last referral, the flag, abuse since."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from fanlight.casework import keys, rulings
from fanlight.casework.marac import Happened, Standing, standing
from fanlight.casework.models import Case
from fanlight.casework.referring import MARAC
from fanlight.casework.rulings import Told
from fanlight.present import day_of

ABUSE = ("report", "incident")
PAIR = ("person_at_risk", "causing_harm")
"""The two whom a referral is about, by their parts."""

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


def of_the_same_two(found: Iterable[tuple[str, str, str]]) -> set[str]:
    """This function will give in which other cases somebody is at risk as here and somebody causes harm as here; of (part, part there, reference)."""
    rows = list(found)
    at_risk, causing_harm = ({reference for here, there, reference in rows if here == there == part} for part in PAIR)
    return at_risk & causing_harm


def happened_elsewhere(landlord_id: str, references: Collection[str], now: datetime) -> list[Happened]:
    """This function will give what bears on the MARAC in other cases, each with its reference; a case that was joined says it where it went."""
    if not references:
        return []
    others = list(Case.objects.filter(landlord_id=landlord_id, reference__in=references).exclude(status="joined"))
    keys.warm(rulings.key_of(other.pk) for other in others)
    return [one for other in others for one in happened_in(rulings.told(other), now, other.reference)]


def standing_of(rows: Sequence[Told], elsewhere: Sequence[Happened], now: datetime) -> Standing | None:
    """This function will say how a case stands, by its story and what happened elsewhere; nothing is read. None where nobody referred."""
    # Nearly every case: nobody has, and no more is asked.
    if not elsewhere and not any(
        (row.kind == "referral" and row.payload["fields"].get("to") == MARAC) or BESIDE in row.payload for row in rows
    ):
        return None
    return standing([*happened_in(rows, now), *elsewhere], day_of(now))
