"""May we go ahead at an address, or do we speak to somebody first: read for every address in the same way.

Everything that the answer goes by is one statement, whatever it finds: a case of somebody who lives there or lived there, a
marker. It gives the same columns of as many rows as there are homes of that address, and stops nowhere because it knows enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fanlight.casework import keys, sql
from fanlight.casework.landlords import settings_of
from fanlight.casework.models.marker import A_VISIT

LONDON = ZoneInfo("Europe/London")

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
    today = now.astimezone(LONDON).date()
    closed_since = settings_of(landlord_id).markers.after_closure.before(today)
    prints = address.fingerprints(landlord_id)
    homes = " union ".join(_HOMES[kind] for kind in prints) or "select 0 as id"
    values: list[object] = [*([today.isoformat()] * len(_KINDS)), *COUNTING, closed_since.isoformat()]
    for index in prints.values():
        values += [landlord_id, index]
    which = f"from ({homes}) as home order by home.id limit {MOST_HOMES}"
    return sql.Read(which, values, also=("home.id", *(_marked(kind) for kind in _KINDS), _lived_there()))


_KINDS = ("contact_first", "two_to_visit", "no_post")


def _marked(kind: str) -> str:
    return f"""(select count(*) from casework_marker marker
        where marker.home_id = home.id and marker.kind = '{kind}' and marker.ended_at is null and marker.until >= %s)"""  # noqa: S608 - as above


def _lived_there() -> str:
    """In SQL: how many parts in cases that count there are of people who live in the home, or left it for the case."""
    fled = sql.days_before("coalesce(matter.opened_at, matter.last_at)", GONE)
    return f"""(select count(*) from casework_resident lives
        join casework_person who on who.id = lives.person_id
        join casework_person same
            on same.id = coalesce(who.merged_into_id, who.id) or same.merged_into_id = coalesce(who.merged_into_id, who.id)
        join casework_part part on part.person_id = same.id and part.part in ({sql.marks(COUNTING)})
        join casework_case matter on matter.id = part.case_id
        left join casework_case went on went.id = matter.joined_to_id
        left join casework_tenancy held on held.id = lives.tenancy_id
        where lives.home_id = home.id
        and (coalesce(went.status, matter.status) in ('new', 'open') or coalesce(went.closed_at, matter.closed_at) >= %s)
        and (lives.to_on is null or lives.is_hidden or (held.id is not null and held.ended_on is null) or lives.to_on >= {fled}))"""  # noqa: S608 - as above


def homes_in(rows: Sequence[Sequence[Any]]) -> tuple[int | None, ...]:
    """This function will give the ids of the homes of an address; None alone where it is none of the landlord's."""
    return tuple(row[0] for row in rows if row[0]) or (None,)


def told(landlord_id: str, purpose: str, rows: Sequence[Sequence[Any]]) -> Answer:
    """This function will give the answer of the rows. Each of its sentences is made for every address, and one is taken."""
    desk = settings_of(landlord_id).markers.whom
    contact, two, post, lived = (sum(row[column] for row in rows) for column in range(1, 5)) if rows else (0, 0, 0, 0)
    is_visit = purpose == A_VISIT
    speak_first = bool(contact) or (bool(lived) and not is_visit)
    known = bool(homes_in(rows)[0])
    sentences = (
        f"We do not know this address. Look whether it is right; if it is, speak to {desk} first.".replace(",,", ","),
        "Go ahead.",
        f"Speak to {desk} first.",
    )
    answers = ("not_known", "go_ahead", "speak_first")
    which = (1 + speak_first) * known
    instructions = ((two, "Two people to attend."), (post, "Do not leave post."))
    return Answer(
        answers[which],
        sentences[which],
        tuple(words for count, words in instructions if count and is_visit),
    )
