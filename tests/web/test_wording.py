"""Deadlines and waits are said as an officer would say them, in Europe/London."""

from datetime import UTC, datetime, timedelta

import pytest

from fanlight.casework.web.wording import (
    LONDON,
    deadline_in_words,
    late_in_words,
    length_in_words,
    moment_in_words,
    wait_in_words,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)  # a Tuesday


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (None, "no time stated"),
        (datetime(2026, 11, 24, 17, 0, tzinfo=LONDON), "today at 17:00"),
        (datetime(2026, 11, 24, 23, 59, 59, tzinfo=LONDON), "today, by the end of the day"),
        (datetime(2026, 11, 25, 9, 30, tzinfo=LONDON), "tomorrow at 09:30"),
        (datetime(2026, 11, 27, 17, 0, tzinfo=LONDON), "Friday at 17:00"),
        (datetime(2026, 11, 27, 23, 59, 59, tzinfo=LONDON), "Friday, by the end of the day"),
        (datetime(2026, 12, 24, 17, 0, tzinfo=LONDON), "in 30 days"),
        (NOON, "today at 12:00"),
        (NOON - timedelta(seconds=1), "overdue by less than a minute"),
        (NOON - timedelta(minutes=1), "overdue by 1 minute"),
        (NOON - timedelta(hours=47), "overdue by 47 hours"),
        (NOON - timedelta(days=2), "overdue by 2 days"),
    ],
)
def test_a_deadline_is_said_in_words(due, said):
    assert deadline_in_words(due, NOON) == said


def test_a_duty_is_overdue_a_second_after_its_deadline_and_not_at_it():
    assert not deadline_in_words(NOON, NOON).startswith("overdue")
    assert deadline_in_words(NOON, NOON + timedelta(seconds=1)).startswith("overdue")


def test_today_is_today_in_london_in_summer_too():
    half_past_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert moment_in_words(half_past_midnight) == "2 July 2026 at 00:30"
    assert deadline_in_words(datetime(2026, 7, 2, 16, 0, tzinfo=UTC), half_past_midnight) == "today at 17:00"


def test_lateness_and_waiting_are_lengths_in_one_unit():
    assert late_in_words(NOON, NOON + timedelta(days=3, hours=5)) == "3 days late"
    assert wait_in_words(NOON - timedelta(minutes=90), NOON) == "waiting 1 hour"
    assert length_in_words(timedelta(seconds=5)) == "less than a minute"


def test_what_is_to_be_done_at_once_has_no_grace_in_words():
    in_an_hour = NOON + timedelta(hours=1)
    assert deadline_in_words(in_an_hour, NOON, "at once") == "at once"
    assert deadline_in_words(in_an_hour, in_an_hour + timedelta(minutes=5), "at once").startswith("overdue by")
