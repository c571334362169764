"""With whom somebody was merged: read at once, and of those whom the viewer may see."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.models import Person
from fanlight.casework.queries.find_people import people_seen
from fanlight.casework.queries.sameness import same_page
from tests import homes, make
from tests.cast import Cast

NOW = make.later(hours=1)


def merged(count: int, cast: Cast) -> Person:
    """This function will enter somebody who was entered so many times more, and merge them all."""
    one = homes.a_person("Sian Price")
    for _ in range(count):
        merge_people(person=homes.a_person("Sian Price").pk, into=one.pk, reason="One card", by=cast.carys, now=NOW)
    return one


def test_with_whom_somebody_is_merged_takes_as_many_queries_for_eight_as_for_one(cast: Cast) -> None:
    few, many = merged(1, cast), merged(8, cast)
    asked: list[Any] = []
    for person, count in ((few, 1), (many, 8)):
        with CaptureQueriesContext(connection) as queries:
            found = same_page(cast.carys, person.pk, now=NOW)
        assert len(found.merges) == count
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_who_may_be_seen_is_asked_of_all_of_them_and_answered_of_each(cast: Cast) -> None:
    case = make.make_case(cast)
    seen = homes.a_person("Sian Price")
    hidden = homes.a_person("Mair Price")
    Person.objects.filter(pk=hidden.pk).update(first_case=case)
    homes.a_part(case, hidden, "witness", cast.asha)
    others = homes.a_person("Dilys Price", "ongo")
    numbers = [seen.pk, hidden.pk, others.pk, 999_999, 2**80]
    assert people_seen(cast.asha, numbers, now=NOW) == {seen.pk, hidden.pk}
    assert people_seen(cast.bronwen, numbers, now=NOW) == {seen.pk}
