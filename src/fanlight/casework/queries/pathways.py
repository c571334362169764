"""The pathways of a case: what the person at risk chose, the policy's menus for it and for the other, and what became of each item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused, find_case
from fanlight.casework.models import Case, Offered, Staff, names_of
from fanlight.casework.models.plans import ANSWERS_TO_AN_OFFER
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.lines import AdviceLine, Offer, PartLine
from fanlight.casework.queries.reading_lines import advice_lines, option_lines, part_lines
from fanlight.casework.queries.story import Written, written
from fanlight.policy.vocabulary import ENTRY_KINDS


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """What they chose, when, in which words, and who wrote it down."""

    sequence: int
    choice: str
    title: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SaidOfOffer:
    """What became of an item, when, and who wrote it down."""

    answer: str
    title: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An item of a menu: its `place` in it, what it is, and what was said of it, the last word first."""

    place: int
    item: str
    offer: Offer
    said: tuple[SaidOfOffer, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the policy that this case has now."""

    option: str
    clause: str
    reading: str
    title: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class OfferedBefore:
    """An item that was on a menu once, with what was said of it."""

    title: str
    said: tuple[SaidOfOffer, ...]


@dataclass(frozen=True, slots=True)
class PathwaysPage:
    """The pathways of a case.

    `choices` are what the person at risk chose, the last first; `words` the three that there are. `of_choice` are the menus of what
    they chose, `besides` those that the policy has whatever they choose, `of_harm` those for the person causing harm; `before` is
    what was on a menu that this case no longer has.
    """

    reference: str
    at_risk: tuple[PartLine, ...]
    choices: tuple[ChoiceLine, ...]
    words: tuple[tuple[str, str], ...]
    of_choice: tuple[Menu, ...]
    besides: tuple[Menu, ...]
    of_harm: tuple[Menu, ...]
    before: tuple[OfferedBefore, ...]
    advice: tuple[AdviceLine, ...]
    may_choose: bool
    may_offer: bool
    record: frozenset[str]
    last_sequence: int


def item_title(landlord_id: str, item: str) -> str:
    """This function will give an item of a menu in words: a service, a kind of entry, or the words as they stand."""
    services = rulings.vocabulary_of(landlord_id).services
    return services.get(item) or (ENTRY_KINDS[item].title if item in ENTRY_KINDS else item)


def pathways_page(viewer: Staff, reference: str, *, now: datetime) -> PathwaysPage:
    """This function will give the pathways of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    landlord = case.landlord_id
    rows = written(case)
    told = [row.told for row in rows]
    story = rulings.story_of(landlord, told)
    ruling = rulings.rule_on(landlord, story, now)
    counting = {row.sequence for row in rulings.standing_rows(told, now)}
    said = _said(case, rows, counting)
    shown: set[tuple[str, str]] = set()
    lines = {line.row: line for line in option_lines(landlord, ruling, case.area)}
    menus: dict[str, list[Menu]] = {"choice": [], "besides": [], "harm": []}
    for option in ruling.options:
        row, line = option.row, lines[option.row.id]
        whose = "causing_harm" if rulings.is_for_causing_harm(row) else "person_at_risk"
        items = tuple(
            MenuItem(place, item, offer, said.get((whose, item), ()))
            for place, (item, offer) in enumerate(zip(row.offer, line.offers, strict=True), 1)
        )
        shown |= {(whose, item) for item in row.offer}
        kind = "harm" if whose == "causing_harm" else "choice" if rulings.turns_on_choice(row) else "besides"
        menus[kind].append(Menu(row.id, line.clause, line.reading, line.title, items))
    record = may_in(case, standing).record
    return PathwaysPage(
        reference=case.reference,
        at_risk=tuple(person for person in part_lines(case, now) if person.part == "person_at_risk"),
        choices=_choices(landlord, rows, counting),
        words=rulings.words_of_choice(landlord),
        of_choice=tuple(menus["choice"]),
        besides=tuple(menus["besides"]),
        of_harm=tuple(menus["harm"]),
        before=tuple(
            OfferedBefore(item_title(landlord, item), lines)
            for (whose, item), lines in said.items()
            if (whose, item) not in shown
        ),
        advice=advice_lines(rulings.advice_for(landlord, story, "choice", now)),
        may_choose="choice" in record,
        may_offer="learned" in record,
        record=record,
        last_sequence=case.last_sequence,
    )


def menu_item(
    viewer: Staff, reference: str, option: str, place: int, *, now: datetime
) -> tuple[PathwaysPage, Menu, MenuItem]:
    """This function will give an item of a menu that this case has now. Raises NotFound; Refused for one who may not say more of it."""
    page = pathways_page(viewer, reference, now=now)
    for menu in (*page.of_choice, *page.besides, *page.of_harm):
        for item in menu.items:
            if (menu.option, item.place) == (option, place):
                if not page.may_offer:
                    raise Refused("You cannot write in this case.")
                return page, menu, item
    raise NotFound


def _choices(landlord_id: str, rows: Sequence[Written], counting: Iterable[int]) -> tuple[ChoiceLine, ...]:
    """What they chose, by whatever entry said so, the last word first."""
    titles, standing = dict(rulings.words_of_choice(landlord_id)), set(counting)
    found = [
        ChoiceLine(row.told.sequence, choice, titles.get(choice, choice), row.note, row.told.at, row.by)
        for row in rows
        if row.told.sequence in standing and (choice := row.told.payload["facts"].get(rulings.CHOICE))
    ]
    return tuple(sorted(found, key=lambda line: (line.at, line.sequence), reverse=True))


def _said(
    case: Case, rows: Sequence[Written], counting: Iterable[int]
) -> dict[tuple[str, str], tuple[SaidOfOffer, ...]]:
    """What was said of each item to each of the two, the last word first; nothing of what was struck.

    Support that was recorded by itself is said of the service, on whatever menu it stands.
    """
    standing, titles = set(counting), dict(ANSWERS_TO_AN_OFFER)
    offered = [row for row in Offered.objects.filter(case=case) if row.sequence in standing]
    names: Mapping[int | None, str] = names_of(row.by_id for row in offered)
    by_themselves = standing - {row.sequence for row in offered}
    each = [
        (
            row.sequence,
            (row.pathway, row.item),
            SaidOfOffer(row.answer, titles[row.answer], row.note, row.at, names[row.by_id]),
        )
        for row in offered
    ]
    each += [
        (
            row.told.sequence,
            ("person_at_risk", str(service)),
            SaidOfOffer(answer, titles[answer], row.note, row.told.at, row.by),
        )
        for row in rows
        if row.told.sequence in by_themselves
        and (answer := SUPPORT_SAID.get(row.told.kind, ""))
        and (service := row.told.payload["fields"].get("service"))
    ]
    found: dict[tuple[str, str], tuple[SaidOfOffer, ...]] = {}
    for _, key, line in sorted(each, key=lambda one: (one[2].at, one[0])):
        found[key] = (line, *found.get(key, ()))
    return found


SUPPORT_SAID = {"support_offered": "offered", "support_accepted": "chosen", "support_declined": "declined"}
"""What an entry of support says became of the service."""
