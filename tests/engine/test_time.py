"""Moments, working days and deadlines."""

from __future__ import annotations

import pytest

from fanlight.policy import Faults
from fanlight.policy.clock import read_within

from .telling import at, duty, policy, ruled


def due(within: str, since: str, *, nation: str = "england", more: str = "") -> str | None:
    larch = policy(duty(within=f'"{within}"'), nation=nation, more=more)
    moment = ruled(larch, [{"at": since, "entry": "report"}], now=since).duties[0].due
    return moment.isoformat() if moment else None


@pytest.mark.parametrize(
    ("within", "since", "expected"),
    [
        ("at once", "2026-03-02T10:15:30", "2026-03-02T10:15:30+00:00"),
        ("same day", "2026-03-02T00:00:00", "2026-03-02T23:59:59+00:00"),
        ("24 hours", "2026-03-28T12:00", "2026-03-29T13:00:00+01:00"),  # the clocks go forward
        ("24 hours", "2026-10-24T12:00", "2026-10-25T11:00:00+00:00"),  # the clocks go back
        ("90 minutes", "2026-03-02T23:00", "2026-03-03T00:30:00+00:00"),
        ("1 hour", "2026-03-07T23:30", "2026-03-08T00:30:00+00:00"),
        ("1 working day", "2026-03-02T10:00", "2026-03-03T17:00:00+00:00"),
        ("1 working day", "2026-03-06T23:00", "2026-03-09T17:00:00+00:00"),  # Friday night
        ("1 working day", "2026-03-07T10:00", "2026-03-09T17:00:00+00:00"),  # Saturday
        ("1 working day", "2026-05-02T10:00", "2026-05-05T17:00:00+01:00"),  # the Monday is a bank holiday
        ("3 working days", "2026-12-23T10:00", "2026-12-30T17:00:00+00:00"),
        ("2 days", "2026-03-02T10:00", "2026-03-04T23:59:59+00:00"),
        ("1 week", "2026-03-02T10:00", "2026-03-09T23:59:59+00:00"),
        ("1 month", "2026-01-31T10:00", "2026-02-28T23:59:59+00:00"),
        ("12 months", "2024-02-29T10:00", "2025-02-28T23:59:59+00:00"),
    ],
)
def test_a_deadline_is_counted_as_the_policy_says(within: str, since: str, expected: str) -> None:
    assert due(within, since) == expected


def test_no_time_stated_is_no_deadline_and_never_overdue() -> None:
    larch = policy(duty())
    found = ruled(larch, [{"entry": "report"}], now="2029-01-01T00:00").duties[0]
    assert (found.due, found.state) == (None, "open")


def test_a_nation_keeps_its_own_bank_holidays() -> None:
    assert due("1 working day", "2026-11-27T10:00", nation="england") == "2026-11-30T17:00:00+00:00"
    assert due("1 working day", "2026-11-27T10:00", nation="scotland") == "2026-12-01T17:00:00+00:00"


def test_a_landlord_keeps_its_own_week_closure_days_and_close_of_business() -> None:
    own = 'working_week = ["mon", "tue"]\nclosed = [2026-03-03]\nclose_of_business = 16:30:00\nat_once = "1 hour"'
    assert due("1 working day", "2026-03-02T10:00", more=own) == "2026-03-09T16:30:00+00:00"
    assert due("at once", "2026-03-02T10:00", more=own) == "2026-03-02T11:00:00+00:00"


def test_a_year_without_known_bank_holidays_is_a_fault_and_not_a_guess() -> None:
    with pytest.raises(Faults, match="bank holidays of 2099"):
        due("1 working day", "2099-03-02T10:00")
    assert due("24 hours", "2099-03-02T10:00") == "2099-03-03T10:00:00+00:00"


def test_one_second_matters() -> None:
    larch = policy(duty(within='"1 hour"', met_by='"contact"'))
    report = {"at": "2026-03-02T09:00", "entry": "report"}
    assert ruled(larch, [report], now="2026-03-02T10:00:00").duties[0].state == "open"
    assert ruled(larch, [report], now="2026-03-02T10:00:01").duties[0].state == "overdue"
    for moment, state in (("2026-03-02T10:00:00", "met"), ("2026-03-02T10:00:01", "late")):
        assert ruled(larch, [report, {"at": moment, "entry": "contact"}]).duties[0].state == state


def test_a_local_moment_is_one_in_london() -> None:
    assert at("2026-07-01T12:00") == at("2026-07-01T11:00+00:00")


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    larch = policy(duty(within='"2 hours"', met_by='"contact"'))
    report = {"at": "2026-10-25T00:30+01:00", "entry": "report"}
    assert due("2 hours", "2026-10-25T00:30+01:00") == "2026-10-25T01:30:00+00:00"
    for now, state in (
        ("2026-10-25T01:45+01:00", "open"),
        ("2026-10-25T01:45", "open"),  # local time there means the first of the two
        ("2026-10-25T01:30+00:00", "open"),
        ("2026-10-25T01:30:01+00:00", "overdue"),
    ):
        assert ruled(larch, [report], now=now).duties[0].state == state, now
    first, second = {"at": "2026-10-25T01:50", "entry": "contact"}, {"at": "2026-10-25T01:10Z", "entry": "report"}
    assert [one.state for one in ruled(larch, [first, second], now="2026-10-25T12:00").duties] == ["overdue"]


@pytest.mark.parametrize(
    "text", ["9999 months", "", "1", "soon", "0 hours", "1.5 hours", "-1 days", "1 fortnight", "one day"]
)
def test_other_words_are_not_a_time_allowed(text: str) -> None:
    assert read_within(text) is None


def test_the_persons_own_preferred_time_is_the_deadline_instead() -> None:
    larch = policy(duty(within='"1 working day"', or_at='"preferred_contact_at"', met_by='"contact"'))
    report = {"at": "2026-03-02T09:00", "entry": "report"}
    later = {"at": "2026-03-02T10:00", "entry": "learned", "preferred_contact_at": "2026-03-06T18:00"}
    earlier = {"at": "2026-03-02T10:00", "entry": "learned", "preferred_contact_at": "2026-03-01T18:00"}
    assert ruled(larch, [report, later]).duties[0].due == at("2026-03-06T18:00")
    assert ruled(larch, [report, earlier]).duties[0].due == at("2026-03-03T17:00")
    met = {"at": "2026-03-05T09:00", "entry": "contact", "preferred_contact_at": "2026-03-04T09:00"}
    found = ruled(larch, [report, later, met], now="2026-03-07T09:00").duties[0]
    assert (found.state, found.due) == ("met", at("2026-03-06T18:00"))
