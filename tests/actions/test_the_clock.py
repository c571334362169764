"""A clock that is set back, or one server's that is behind another's: the record keeps its order, and nothing is lost from sight."""

from datetime import timedelta

import pytest

from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.commands.check_projections import differences_of
from fanlight.casework.models import Entry
from fanlight.casework.queries.case_page import case_page
from tests import make
from tests.cast import Cast

LATER = make.later(days=3)
BACK = make.later(minutes=5)
"""Before the case was opened, and after it was reported."""


def test_what_is_recorded_after_the_clock_was_set_back_stands_after_what_was_there(cast: Cast) -> None:
    case = make.make_case(cast)
    make.make_entry(case, "visit", cast.asha, now=LATER, note="By the clock that was wrong.")
    sequence = make.make_entry(case, "visit", cast.asha, now=BACK, note="By the clock that was set right.")
    rows = list(Entry.objects.filter(case=case).order_by("sequence"))
    assert [row.sequence for row in rows] == list(range(1, sequence + 1))
    assert rows[-1].recorded_at == BACK
    assert make.told(case)[-1].note == "By the clock that was set right."


def test_a_case_is_no_less_open_and_no_less_somebodys_when_the_clock_is_set_back(cast: Cast) -> None:
    case = make.make_case(cast)
    before = make.fresh(case)
    make.make_entry(case, "visit", cast.asha, now=BACK)
    after = make.fresh(case)
    assert (after.status, after.lead_id, after.opened_at) == ("open", cast.asha.pk, before.opened_at)
    assert case_page(cast.asha, case.reference, now=BACK).case.status == "open"


@pytest.mark.parametrize("behind", [timedelta(seconds=1), timedelta(hours=1)])
def test_two_servers_whose_clocks_differ_write_in_one_case_and_the_lists_agree_with_the_record(
    behind: timedelta, cast: Cast
) -> None:
    case = make.make_case(cast)
    make.make_entry(case, "visit", cast.asha, now=LATER)
    sent = make.make_entry(case, "referral", cast.asha, to="marac", now=LATER)
    acknowledge_receipt(case=case, sequence=sent, confirmed_by="Their clerk", by=cast.carys, now=LATER - behind)
    make.make_entry(case, "struck", cast.carys, now=LATER - behind, of=sent - 1, reason="On another case")
    assert differences_of(case.pk) == []
    assert case_page(cast.asha, case.reference, now=LATER - behind).handovers == ()


def test_a_report_is_joined_to_a_case_by_a_clock_that_is_behind(cast: Cast) -> None:
    case = make.make_case(cast)
    report = make.make_report(cast.iris, now=LATER)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER - timedelta(minutes=1))
    assert make.fresh(report).status == "joined"
    assert [differences_of(one.pk) for one in (case, report)] == [[], []]
