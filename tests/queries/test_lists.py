"""The lists: soonest first, with numbers that are right, at a cost that does not grow."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.models import Staff
from fanlight.casework.queries.cases import CaseFilters, cases
from fanlight.casework.queries.handovers import handovers
from fanlight.casework.queries.home import home
from fanlight.casework.queries.my_duties import DutyFilters, my_duties
from fanlight.casework.queries.team_duties import team_duties
from fanlight.casework.queries.triage_queue import triage_queue
from tests import make
from tests.cast import Cast, again, hire

NOW = make.later(days=2)


def test_my_duties_come_soonest_first_and_those_with_no_deadline_last(cast: Cast) -> None:
    for place in range(3):
        make.make_case(cast, now=make.later(hours=place))
    mine = my_duties(again(cast.asha), now=NOW)
    due = [line.duty.due for line in mine.duties.items]
    with_deadline = [moment for moment in due if moment]
    assert due == [*sorted(with_deadline), *([None] * (len(due) - len(with_deadline)))]
    assert with_deadline
    assert mine.overdue == sum(line.duty.state == "overdue" for line in mine.duties.items) > 0
    assert all(line.duty.clause and line.duty.must for line in mine.duties.items)


def test_my_duties_filter_by_what_is_overdue_by_case_by_row_and_by_force(cast: Cast) -> None:
    first, _ = make.make_case(cast), make.make_case(cast, now=make.later(hours=5))
    asha = again(cast.asha)
    every = my_duties(asha, now=NOW)
    for filters, holds in (
        (DutyFilters(overdue=True), lambda line: line.duty.state == "overdue"),
        (DutyFilters(reference=first.reference[-3:]), lambda line: line.case.reference == first.reference),
        (DutyFilters(row="respond"), lambda line: line.duty.row == "respond"),
        (DutyFilters(force="should"), lambda line: line.duty.force == "should"),
        (DutyFilters(reference="%"), lambda line: False),
    ):
        found = my_duties(asha, filters=filters, now=NOW)
        expected = [line for line in every.duties.items if holds(line)]
        assert list(found.duties.items) == expected
        assert (found.duties.total, found.total) == (len(expected), every.total)


def test_pages_of_my_duties_follow_one_another_without_gap_or_repeat(cast: Cast) -> None:
    for place in range(12):
        make.make_case(cast, now=make.later(hours=place))
    asha = again(cast.asha)
    first = my_duties(asha, now=NOW)
    assert first.duties.pages > 1
    keys: list[tuple[str, str]] = []
    for page in range(1, first.duties.pages + 1):
        keys.extend((line.case.reference, line.duty.key) for line in my_duties(asha, page=page, now=NOW).duties.items)
    assert len(keys) == len(set(keys)) == first.total
    assert my_duties(asha, page=99, now=NOW).duties.number == first.duties.pages


def test_an_open_case_with_nothing_due_is_looked_at_again_and_a_closed_one_is_not(cast: Cast) -> None:
    case = make.make_case(cast)
    case.duties.update(state="met")
    case.next_is, case.next_at = "look_again", make.later(days=28)
    case.save()
    asha = again(cast.asha)
    assert my_duties(asha, now=make.later(days=27)).look_again == ()
    assert [line.reference for line in my_duties(asha, now=make.later(days=28)).look_again] == [case.reference]
    close_case(case=case, reason="Moved", by=cast.asha, now=make.later(days=29))
    assert my_duties(asha, now=make.later(days=60)).look_again == ()


def test_every_open_case_and_every_new_report_has_a_next_date(cast: Cast) -> None:
    report, case = make.make_report(cast.iris), make.make_case(cast)
    assert (report.next_is, report.next_at) == ("triage", make.later(hours=2))
    assert case.next_is == "duty"
    assert case.next_at == min(duty.due for duty in case.duties.filter(state="open", due__isnull=False))


def test_triage_shows_danger_first_and_then_who_has_waited_longest_nights_and_weekends_included(cast: Cast) -> None:
    friday = make.MORNING.replace(day=6, hour=22)
    first = make.make_report(cast.iris, now=friday)
    second = make.make_report(cast.iris, now=friday + timedelta(minutes=30))
    danger = make.make_report(cast.iris, now=friday + timedelta(minutes=90), immediate_danger=True)
    queue = triage_queue(cast.carys, now=friday + timedelta(hours=2, seconds=1))
    assert [(line.reference, line.escalated) for line in queue.reports.items] == [
        (danger.reference, False),
        (first.reference, True),
        (second.reference, False),
    ]
    assert queue.escalated == 1
    assert queue.escalates_to == ("Director of Neighbourly Places (safeguarding and domestic abuse lead)",)
    assert queue.reports.items[0].source == "The person at risk"


def test_a_report_that_waits_too_long_stands_among_the_duties_of_those_it_escalates_to(cast: Cast) -> None:
    report = make.make_report(cast.iris)
    assert my_duties(again(cast.carys), now=make.later(hours=2)).waiting_reports == ()
    waiting = my_duties(again(cast.carys), now=make.later(hours=2, minutes=1)).waiting_reports
    assert [line.reference for line in waiting] == [report.reference]
    assert my_duties(again(cast.asha), now=make.later(hours=3)).waiting_reports == ()


def test_the_teams_lists_add_up_and_say_who_sits_at_them(cast: Cast) -> None:
    make.make_case(cast)
    team = team_duties(again(cast.carys), now=NOW)
    mine = my_duties(again(cast.asha), now=NOW)
    by_title = {line.title: line for line in team.desks}
    asha = by_title["Asha"]
    assert (asha.people, asha.overdue) == (("Asha",), mine.overdue)
    only = team_duties(again(cast.carys), desk=asha.desk, now=NOW)
    assert only.duties.total == asha.open
    assert team.overdue == sum(line.overdue for line in team.desks)


def test_a_duty_that_lies_on_the_lists_of_two_patches_is_overdue_once(cast: Cast) -> None:
    make.make_report(cast.iris, patch=None, area="Leeds")
    found = team_duties(again(cast.carys), overdue=True, now=make.later(days=30))
    assert sum(line.overdue for line in found.desks) > found.duties.total
    assert found.overdue == found.duties.total


def test_the_list_of_cases_filters_by_reference_status_patch_and_lead(cast: Cast) -> None:
    case = make.make_case(cast)
    report = make.make_report(cast.iris, patch="Wakefield")
    carys = again(cast.carys)
    for filters, expected in (
        (CaseFilters(), [case.reference, report.reference]),
        (CaseFilters(status="new"), [report.reference]),
        (CaseFilters(patch="Wakefield"), [report.reference]),
        (CaseFilters(lead="nobody"), [report.reference]),
        (CaseFilters(reference=case.reference.lower()), [case.reference]),
        (CaseFilters(lead="me"), []),
    ):
        found = cases(carys, filters=filters, now=NOW).cases
        assert sorted(line.reference for line in found.items) == sorted(expected)
        assert found.total == len(expected)


def test_the_first_page_shows_each_of_the_cast_what_is_theirs(cast: Cast) -> None:
    make.make_case(cast)
    shown = {staff.name: sorted(home(again(staff), now=NOW).sections) for staff in cast.everybody()}
    assert shown["Gwen"] == ["address", "figures", "marac-figures", "policy", "report"]
    assert shown["Huw"] == ["address", "policy", "report", "staff"]
    assert shown["Iris"] == ["address", "policy", "report"]
    assert shown["Asha"] == [
        "address",
        "cases",
        "directory",
        "duties",
        "emergency",
        "find",
        "handovers",
        "marac",
        "policy",
        "referrals",
        "register",
        "report",
    ]
    assert shown["Carys"] == sorted(
        [
            "address",
            "moves",
            "register",
            "cases",
            "directory",
            "duties",
            "emergencies",
            "figures",
            "find",
            "handovers",
            "marac",
            "policy",
            "referrals",
            "report",
            "shares",
            "retention",
            "staff",
            "team",
            "triage",
        ]
    )
    asha = home(again(cast.asha), now=NOW)
    assert (asha.duties, asha.waiting_reports) == (my_duties(again(cast.asha), now=NOW).total, None)


LISTS: dict[str, Callable[[Staff], object]] = {
    "my duties": lambda viewer: my_duties(viewer, now=NOW),
    "team duties": lambda viewer: team_duties(viewer, now=NOW),
    "triage": lambda viewer: triage_queue(viewer, now=NOW),
    "cases": lambda viewer: cases(viewer, now=NOW),
    "handovers": lambda viewer: handovers(viewer, now=NOW),
    "home": lambda viewer: home(viewer, now=NOW),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_number_of_queries_for_one_case_and_for_fifty(cast: Cast, name: str) -> None:
    def one_more() -> None:
        case = make.make_case(cast, lead=cast.carys, about="customer")
        make.make_report(cast.iris)
        make.make_entry(case, "referral", cast.carys, to="marac", now=make.later(hours=1))
        hand_over(
            case=case, to="case_officer", to_staff=cast.carys, note="Mine.", by=cast.carys, now=make.later(hours=1)
        )

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            LISTS[name](again(cast.carys))
        return len(queries)

    one_more()
    of_one = cost()
    for _ in range(9):
        one_more()
    assert cost() == of_one


def test_the_teams_lists_cost_the_same_number_of_queries_however_many_colleagues_there_are(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            team_duties(again(cast.carys), now=NOW)
        return len(queries)

    make.make_case(cast)
    of_few = cost()
    for number in range(10):
        hire(f"Officer {number}", cast.carys.landlord_id, case_officer=[])
    assert cost() == of_few
