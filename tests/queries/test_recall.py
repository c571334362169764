"""Of five hundred people whom callers name wrongly, nineteen in twenty stand among the first five that are shown."""

from collections import Counter
from datetime import date

import pytest

from fanlight.casework.actions.register import enter_people, rows_for_home
from fanlight.casework.likeness import Asked
from fanlight.casework.models import FoundBy, Home, HomeDetails, PersonDetails, Resident
from fanlight.casework.queries.find_people import find_people
from tests import make
from tests.cast import Cast
from tests.recall import QUERIES, Somebody, read_set, register, said_of

NOW = make.later(days=1)
FIRST = 5
RECALL = 0.95


def enter(people: list[Somebody]) -> dict[int, int]:
    """This function will enter the people of the maker in the register, and say of each row whose it is: id → place."""
    details = [
        PersonDetails(
            one.given, one.family, former_names=(one.former,) if one.former else (), born=one.born, phones=(one.phone,)
        )
        for one in people
    ]
    entered = enter_people("connect", details, now=NOW)
    homes: dict[tuple[tuple[str, ...], str], Home] = {}
    for one in people:
        for lines, postcode in filter(None, ((one.lines, one.postcode), one.before)):
            if (lines, postcode) not in homes:
                homes[lines, postcode] = Home(landlord_id="connect", changed_at=NOW)
                homes[lines, postcode].details = HomeDetails(lines, postcode)
    Home.objects.bulk_create(homes.values())
    FoundBy.objects.bulk_create(row for home in homes.values() for row in rows_for_home(home, home.details))
    Resident.objects.bulk_create(
        Resident(landlord_id="connect", person=person, home=homes[where], to_on=to_on)
        for one, person in zip(people, entered, strict=True)
        for where, to_on in (((one.lines, one.postcode), None), (one.before, date(2020, 1, 1)))
        if where
    )
    return {person.pk: place for place, person in enumerate(entered)}


def test_the_set_is_what_its_maker_makes() -> None:
    assert read_set() == list(said_of(list(register())))
    assert len(read_set()) == QUERIES


def test_nineteen_in_twenty_are_among_the_first_five(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    place_of = enter(list(register()))
    said_so: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    examples = []
    for said in read_set():
        asked = Asked(
            name=said.name,
            born=date.fromisoformat(said.born) if said.born else None,
            phone=said.phone,
            address=said.address,
        )
        found = [place_of[one.id] for one in find_people(cast.asha, asked, now=NOW).people[:FIRST]]
        said_so[said.kind] += 1
        if said.who not in found:
            missed[said.kind] += 1
            examples.append(said)
    recall = 1 - missed.total() / QUERIES
    assert recall >= RECALL, (recall, missed, examples)
    assert all(missed[kind] <= (1 - RECALL) * times for kind, times in said_so.items()), (missed, examples)
