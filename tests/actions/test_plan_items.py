"""Items of an action plan that are past their day lie on the list of whoever leads the case, until something became of them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.models import Case, Plan, Staff
from fanlight.casework.queries.my_duties import PLAN_ITEMS, my_duties
from tests import make
from tests.cast import Cast, again

NOW = make.later(hours=1)
DAY = NOW.date() + timedelta(days=7)
LATE = make.later(days=8)


def plan(case: Case, by: Staff, *items: str, due: date | None = DAY, hours: int = 1) -> int:
    """This function will make an action plan whose items fall due in a week."""
    each = [Item(what, "us", "The locksmith", due) for what in items]
    return make_action_plan(case=case, items=each, agreed=True, by=by, now=make.later(hours=hours))


def late(viewer: Staff, days: float = 8) -> list[str]:
    """This function will give what stands on somebody's list, and hold that its number says so."""
    found = my_duties(viewer, now=make.later(days=days))
    assert found.plan_items_late == len(found.plan_items)
    return [line.what for line in found.plan_items]


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's."""
    return make.make_case(cast)


def test_an_item_past_its_day_lies_with_whoever_leads_the_case_and_with_nobody_else(cast: Cast, case: Case) -> None:
    number = plan(case, cast.asha, "Change the locks")
    assert late(cast.asha, days=6.9) == []
    (line,) = my_duties(cast.asha, now=LATE).plan_items
    assert (line.reference, line.plan, line.number, line.due) == (case.reference, number, 1, DAY)
    assert line.does == "We do: The locksmith"
    assert late(cast.carys) == late(cast.bronwen) == late(cast.dev) == []


def test_it_stays_until_it_is_done_or_not_needed(cast: Cast, case: Case) -> None:
    number = plan(case, cast.asha, "Locks", "Alarm", "Lights")
    for item, answer in ((1, "done"), (2, "not_needed"), (3, "not_done")):
        answer_plan_item(case=case, number=number, item=item, answer=answer, note="So", by=cast.asha, now=NOW)
    assert late(cast.asha) == ["Lights"]
    answer_plan_item(case=case, number=number, item=1, answer="not_done", note="They came back", by=cast.asha, now=NOW)
    assert late(cast.asha) == ["Locks", "Lights"]


def test_of_the_plan_that_counts_alone_also_when_one_is_struck_and_struck_again(cast: Cast, case: Case) -> None:
    plan(case, cast.asha, "Old locks")
    plan(case, cast.asha, "New locks", hours=2)
    assert late(cast.asha) == ["New locks"]
    struck = Plan.objects.latest("pk").sequence
    for shown in (["Old locks"], ["New locks"], ["Old locks"]):
        struck = strike_entry(case=case, sequence=struck, reason="In error", by=cast.carys, now=make.later(hours=3))
        assert late(cast.asha) == shown


def test_an_item_with_no_day_and_one_of_a_case_that_is_closed_wait_for_nobody(cast: Cast, case: Case) -> None:
    plan(case, cast.asha, "Locks", due=None)
    assert late(cast.asha) == []
    plan(case, cast.asha, "Locks", hours=2)
    close_case(case=case, reason="Moved", by=cast.asha, now=make.later(hours=3))
    assert late(cast.asha) == []


def test_a_deputy_has_them_and_whoever_is_kept_from_the_case_has_not(cast: Cast, case: Case) -> None:
    plan(case, cast.asha, "Change the locks")
    day = LATE.date()
    name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=day, last_day=day, by=cast.asha, now=NOW)
    assert late(cast.bronwen) == ["Change the locks"]
    relate_staff(case=case, staff=cast.bronwen, relation="friend", by=cast.carys, now=NOW)
    assert late(cast.bronwen) == []


def test_they_go_with_a_report_that_is_joined(cast: Cast, case: Case) -> None:
    report = make.make_report(cast.iris)
    part = add_part(case=report, name="Maria Novak", part="person_at_risk", by=cast.carys, now=NOW)
    items = [Item("Change the locks", "us", "", DAY)]
    make_action_plan(case=report, items=items, part=part, agreed=False, by=cast.carys, now=NOW)
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(hours=2))
    assert late(cast.asha) == ["Change the locks"]


def test_the_list_costs_the_same_for_one_item_as_for_many_and_shows_the_oldest(cast: Cast) -> None:
    asked = []
    for count in (1, 14):
        for number in range(count):
            plan(make.make_case(cast), cast.asha, f"Item {number}", due=DAY - timedelta(days=number % 3))
        with CaptureQueriesContext(connection) as queries:
            found = my_duties(again(cast.asha), now=make.later(days=40))
        asked.append(len(queries))
    assert (found.plan_items_late, len(found.plan_items)) == (15, PLAN_ITEMS)
    assert [line.due for line in found.plan_items] == sorted(line.due for line in found.plan_items)
    assert asked[0] == asked[1]
