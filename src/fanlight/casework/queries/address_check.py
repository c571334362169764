"""May we go ahead at an address, or do we speak to somebody first: read for every address in the same way.

Everything that the answer goes by is one statement, whatever it finds: a case of somebody who lives there or lived there, a
marker. It gives the same columns of as many rows as there are homes of that address, and stops nowhere because it knows enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanlight.casework import keys, sql
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import one_with
from fanlight.casework.models.marker import A_VISIT
from fanlight.present import day_of

COUNTING = ("person_at_risk", "causing_harm", "child", "adult_at_risk")
"""Whoever has one of these parts in a case, at their home one speaks to somebody first."""
GONE = 365
"""Whoever left a home no more than so many days before the case was reported may have fled from it."""
MOST_HOMES = 10


@dataclass(frozen=True, slots=True)
class Address:
    """An address as somebody asks for it: one of these, and the first line with the postcode.

    `reference` is any of the three numbers, where whoever asks does not say which.
    """

    uprn: str = ""
    tenancy: str = ""
    home: str = ""
    reference: str = ""
    line: str = ""
    postcode: str = ""

    def fingerprints(self, landlord_id: str) -> dict[str, str]:
        """This function will give the fingerprints by which a home of the address is found, by kind; none of what was not said."""
        said = {
            "uprn": self.uprn or self.reference,
            "tenancy_reference": self.tenancy or self.reference,
            "home_reference": self.home or self.reference,
            "address": f"{self.line} {self.postcode}" if self.line and self.postcode else "",
        }
        found = {kind: keys.blind(kind, value, within=landlord_id) for kind, value in said.items()}
        return {kind: index for kind, index in found.items() if index}


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody is told: `answer` is go_ahead or speak_first, `say` the same in words. Before a visit, `instructions` is what
    whoever goes must know, in no words that say why."""

    answer: str
    say: str
    instructions: tuple[str, ...] = ()


_HOMES = {
    "uprn": "select id from casework_home where landlord_id = %s and uprn_index = %s and uprn_index <> ''",
    "home_reference": (
        "select id from casework_home where landlord_id = %s and reference_index = %s and reference_index <> ''"
    ),
    "tenancy_reference": (
        "select home_id as id from casework_tenancy where landlord_id = %s and reference_index = %s and reference_index <> ''"
    ),
    "address": "select id from casework_home where landlord_id = %s and address_index = %s and address_index <> ''",
}


def asking(landlord_id: str, address: Address, now: datetime) -> sql.Read:
    """This function will say how an address is read; `told` makes the answer of the rows."""
    today = day_of(now)
    closed_since = settings_of(landlord_id).markers.after_closure.before(today)
    prints = address.fingerprints(landlord_id)
    homes = " union ".join(_HOMES[kind] for kind in prints) or "select 0 as id"
    values: list[object] = [today.isoformat(), closed_since.isoformat(), *COUNTING]
    for index in prints.values():
        values += [landlord_id, index]
    which = f"from ({homes}) as home limit {MOST_HOMES}"
    return sql.Read(which, values, also=("home.id", _MARKED, _lived_there()))


_BITS = {"contact_first": 1, "two_to_visit": 2, "no_post": 4}
_MARKED = f"""(select coalesce(sum(distinct case marker.kind
        {" ".join(f"when '{kind}' then {bit}" for kind, bit in _BITS.items())} end), 0) from casework_marker marker
    where marker.home_id = home.id and marker.ended_at is null and marker.until >= %s)"""  # noqa: S608 - as above
"""In SQL: the sum of the bits of the kinds of marker that are in force on the home."""


def _lived_there() -> str:
    """In SQL: how many parts in cases that count there are of people who live in the home, or left it for the case.

    For somebody who is in no case another case is looked up as if they were, and does not count: the work is the same.
    """
    fled = sql.days_before("coalesce(went.opened_at, went.last_at)", GONE)
    return f"""(select coalesce(sum(case when part.id is not null
            and (went.status in ('new', 'open') or went.closed_at >= %s)
            and (lives.to_on is null or lives.is_hidden or (held.id is not null and held.ended_on is null)
                or lives.to_on >= {fled})
            then 1 else 0 end), 0)
        from casework_resident lives
        join casework_person who on who.id = lives.person_id
        {one_with("who", "same")}
        left join casework_part part on part.person_id = same.id and part.part in ({sql.marks(COUNTING)})
        left join casework_case matter
            on matter.id = coalesce(part.case_id, (select min(other.id) from casework_case other))
        left join casework_case went on went.id = coalesce(matter.joined_to_id, matter.id)
        left join casework_tenancy held on held.id = lives.tenancy_id
        where lives.home_id = home.id)"""  # noqa: S608 - as above


def homes_in(rows: Sequence[Sequence[Any]]) -> tuple[int | None, ...]:
    """This function will give the ids of the homes of an address; None alone where it is none of the landlord's."""
    return tuple(row[0] for row in rows if row[0]) or (None,)


def told(landlord_id: str, purpose: str, rows: Sequence[Sequence[Any]]) -> Answer:
    """This function will give the answer of the rows. Each of its sentences is made for every address, and one is taken."""
    desk = settings_of(landlord_id).markers.whom
    marked, lived = 0, 0
    for _, bits, parts in rows:
        marked, lived = marked | int(bits), lived + int(parts)
    is_visit = purpose == A_VISIT
    speak_first = bool(marked & _BITS["contact_first"]) or (bool(lived) and not is_visit)
    known = bool(homes_in(rows)[0])
    sentences = (
        f"We do not know this address. Look whether it is right; if it is, speak to {desk} first.",
        "Go ahead.",
        f"Speak to {desk} first.",
    )
    answers = ("not_known", "go_ahead", "speak_first")
    which = (1 + speak_first) * known
    instructions = (("two_to_visit", "Two people to attend."), ("no_post", "Do not leave post."))
    return Answer(
        answers[which],
        sentences[which],
        tuple(words for kind, words in instructions if marked & _BITS[kind] and is_visit),
    )
