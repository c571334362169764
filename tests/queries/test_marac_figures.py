"""Figures of the MARAC: what is counted, of which cases, and which numbers are hidden from whoever sees none."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanlight.casework.access import Refused
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.models import Case, MaracReferral, OnwardReferral, Staff
from fanlight.casework.queries.marac_figures import MaracFigures, marac_figures
from fanlight.casework.small_numbers import hidden, hidden_parts, is_small
from tests import make
from tests.cast import Cast
from tests.meetings import AFTER, a_meeting, heard, on

NOW = datetime(2026, 12, 1, 12, tzinfo=make.LONDON)
AREAS = ("Kirklees", "Leeds", "Wakefield", "Calderdale")


def referred(case: Case, by: Staff, day: date, criteria: str = "high_risk", area: str = "Kirklees") -> None:
    """This function will put a referral to the MARAC beside a case, as it stands when it was sent."""
    row = OnwardReferral.objects.create(
        landlord_id=case.landlord_id, case=case, purpose="marac", to="marac", made_at=NOW, made_by=by
    )
    MaracReferral.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        referral=row,
        area=area,
        criteria=criteria,
        is_repeat="repeat" in criteria,
        referred_on=day,
    )


def said(found: MaracFigures, what: str) -> dict[str, tuple[int | None, int | None]]:
    """This function will give a table of the figures."""
    return {one.title: (one.referrals, one.repeats) for one in getattr(found, what)}


def test_referrals_and_repeats_are_counted_by_quarter_area_and_criterion(cast: Cast) -> None:
    case = make.make_case(cast)
    for day, criteria, area in (
        (date(2026, 3, 31), "high_risk", "Kirklees"),
        (date(2026, 4, 1), "judgement high_risk", "Kirklees"),
        (date(2026, 6, 30), "high_risk repeat", "Leeds"),
        (date(2026, 10, 1), "escalation repeat", ""),
        (date(2027, 3, 31), "judgement", "Kirklees"),
        (date(2027, 4, 1), "judgement", "Kirklees"),
    ):
        referred(case, cast.asha, day, criteria, area)
    found = marac_figures(cast.carys, now=NOW)
    assert (found.title, found.hides_small, found.has_next) == ("April 2026 to March 2027", False, False)
    assert (found.total.referrals, found.total.repeats) == (4, 2)
    assert list(said(found, "quarters").values()) == [(2, 1), (0, 0), (1, 1), (1, 0)]
    assert said(found, "areas") == {
        **dict.fromkeys(AREAS, (0, 0)),
        "Kirklees": (2, 0),
        "Leeds": (1, 1),
        "Not known": (1, 1),
    }
    assert list(said(found, "criteria").values()) == [(2, 0), (2, 1), (1, 1), (2, 2)]
    before = marac_figures(cast.carys, year=2025, now=NOW)
    assert (before.total.referrals, before.has_next) == (1, True)
    for member in (cast.asha, cast.eve, cast.farah, cast.huw, cast.iris):
        with pytest.raises(Refused):
            marac_figures(member, now=NOW)
    assert marac_figures(cast.dev, now=NOW).total.referrals == 0


def test_a_case_that_one_may_not_see_is_in_no_figure_of_theirs(cast: Cast) -> None:
    case = make.make_case(cast)
    none = marac_figures(cast.carys, now=NOW)
    referred(case, cast.asha, date(2026, 5, 1))
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys, brought_by="us")
    give_marac_action(
        meeting=meeting,
        listing=listing,
        what="Ring",
        owner=cast.asha,
        due_on=date(2026, 5, 1),
        by=cast.carys,
        now=AFTER,
    )
    assert marac_figures(cast.carys, now=NOW) != none
    set_aside(case=make.fresh(case), staff=cast.carys, reason="Her sister.", by=cast.carys, now=AFTER)
    assert marac_figures(cast.carys, now=NOW) == none


def test_actions_are_counted_as_done_in_time_late_open_and_not_done(cast: Cast) -> None:
    case = make.make_case(cast)
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys, brought_by="us")
    numbers = [
        give_marac_action(
            meeting=meeting, listing=listing, what="Ring", owner=cast.asha, due_on=on(16), by=cast.carys, now=AFTER
        )
        for _ in range(5)
    ]
    for number, outcome, days in zip(numbers, ("done", "done", "not_done"), (16, 17, 16), strict=False):
        now = make.later(days=days)
        complete_marac_action(action=number, outcome=outcome, note="So.", by=cast.asha, now=now)
    found = marac_figures(cast.carys, now=make.later(days=20)).actions
    assert (found.due, found.in_time, found.late, found.overdue, found.not_done, found.to_come) == (5, 1, 1, 2, 1, 0)
    assert marac_figures(cast.carys, now=make.later(days=16)).actions.to_come == 2
    assert marac_figures(cast.gwen, now=make.later(days=20)).actions.due == 5


def test_small_numbers_are_hidden_from_an_executive_who_sees_no_case(cast: Cast) -> None:
    case = make.make_case(cast)
    for number in range(6):
        referred(case, cast.asha, date(2026, 4, 1) + timedelta(days=number), area="Kirklees")
    for number in range(7):
        referred(case, cast.asha, date(2026, 8, 1) + timedelta(days=number), "judgement repeat", area="Leeds")
    for number in range(2):
        referred(case, cast.asha, date(2026, 11, 1) + timedelta(days=number), area="Wakefield")
    found = marac_figures(cast.gwen, now=NOW)
    assert found.hides_small
    assert (found.total.referrals, found.total.repeats) == (15, 7)
    assert [one for one, _ in said(found, "quarters").values()] == [None, 7, None, 0]
    assert [one for one, _ in said(found, "areas").values()] == [None, 7, None, 0]
    exact = marac_figures(cast.carys, now=NOW)
    assert [one for one, _ in said(exact, "quarters").values()] == [6, 7, 2, 0]


counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)


@given(counts)
def test_no_small_number_is_shown_or_can_be_worked_out_from_the_total(found: dict[str, int]) -> None:
    shown = hidden(found)
    gone = [name for name, count in shown.items() if count is None]
    assert not any(count is not None and is_small(count) for count in shown.values())
    assert all(count in (None, found[name]) for name, count in shown.items())
    if gone and not is_small(sum(found.values())):
        # What is hidden makes up more than a few, of more than one part.
        assert len(gone) > 1
    if not any(is_small(count) for count in found.values()):
        assert shown == found


@given(counts, st.data())
def test_how_many_are_of_a_kind_is_hidden_where_they_or_the_others_are_few(
    found: dict[str, int], data: st.DataObject
) -> None:
    parts = {name: data.draw(st.integers(0, count)) for name, count in found.items()}
    for name, count in hidden_parts(found, parts).items():
        assert count is None or not (is_small(count) or is_small(found[name] - count) or is_small(found[name]))
