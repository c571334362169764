"""What is worked out of a referral to the MARAC, without a database: the flag, the repeat, the criteria."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fanlight.casework.marac import (
    CRITERIA,
    Happened,
    Reason,
    Standing,
    What,
    criteria,
    flagged_until,
    is_repeat,
    lacks,
    met,
    standing,
)

REFERRED = date(2026, 3, 3)
TODAY = date(2027, 6, 1)


def on(day: date, what: What = "abuse", *, hour: int = 12, agency: str = "") -> Happened:
    """This function will make something that happened on a day."""
    return Happened(what, day, datetime(day.year, day.month, day.day, hour, tzinfo=UTC), agency=agency)


def stands(*happened: Happened, today: date = TODAY) -> Standing | None:
    """This function will say how things stand."""
    return standing(happened, today)


@pytest.mark.parametrize(("days", "repeats"), [(0, True), (1, True), (364, True), (365, True), (366, False)])
def test_abuse_is_a_repeat_to_the_365th_day_after_the_referral_and_not_on_the_366th(days: int, repeats: bool) -> None:
    assert is_repeat(REFERRED, REFERRED + timedelta(days=days)) is repeats


@pytest.mark.parametrize(
    ("referred", "until"),
    [
        (date(2026, 3, 3), date(2027, 3, 3)),
        (date(2027, 3, 3), date(2028, 3, 2)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_days_are_counted_one_by_one_also_over_a_29_february(referred: date, until: date) -> None:
    assert flagged_until(referred) == until


def test_the_last_referral_counts_whoever_made_it() -> None:
    found = stands(on(REFERRED, "referral"), on(date(2026, 9, 1), "referral", agency="the police"))
    assert found is not None
    assert (found.last.agency, found.until) == ("the police", date(2027, 9, 1))
    assert stands(on(REFERRED)) is None


def test_abuse_after_the_last_referral_goes_back_until_somebody_refers_again() -> None:
    referral, abuse = on(REFERRED, "referral"), on(date(2026, 5, 1))
    found = stands(referral, abuse)
    assert found is not None
    # The flag is over by now; that abuse is a repeat all the same.
    assert (found.is_flagged, found.repeat) == (False, abuse)
    again = stands(referral, abuse, on(date(2026, 5, 2), "referral"))
    assert again is not None
    assert again.repeat is None


def test_what_was_told_before_the_referral_on_its_day_is_what_was_referred() -> None:
    before, after = on(REFERRED, hour=9), on(REFERRED, hour=15)
    referral = on(REFERRED, "referral")
    found = stands(referral, before)
    assert found is not None
    assert found.repeat is None
    found = stands(referral, before, after)
    assert found is not None
    assert found.repeat == after


def proposed(**said: object) -> dict[str, bool | None]:
    """This function will propose the criteria, of a case of which nothing is known unless it says so."""
    usual = {"is_high": False, "judged_high": None, "assessed": False, "enough": 3, "stands": None, "today": TODAY}
    found = criteria(**{**usual, **said})  # type: ignore[arg-type]  # each is what the function takes
    assert all(one.why and one.ask for one in found)
    return {one.name: one.proposed for one in found}


def test_high_risk_is_what_the_policy_turns_on_and_judgement_is_apart_from_it() -> None:
    score, judged = Reason("score", "The score is 14 or more"), Reason("judged_high", "It was judged to be high")
    by_score = proposed(is_high=True, assessed=True, reasons=[score])
    assert (by_score["high_risk"], by_score["judgement"]) == (True, None)
    by_judgement = proposed(is_high=True, assessed=True, judged_high=True, reasons=[judged])
    assert (by_judgement["high_risk"], by_judgement["judgement"]) == (False, True)
    both = proposed(is_high=True, assessed=True, judged_high=True, reasons=[score, judged])
    assert (both["high_risk"], both["judgement"]) == (True, True)
    # Where the policy has no rules for it, the assessment's own grade says so.
    assert proposed(is_high=True, assessed=True)["high_risk"] is True
    assert proposed()["high_risk"] is None


def test_so_many_reports_to_the_police_as_the_area_asks_within_twelve_months_are_escalation() -> None:
    days = [TODAY, TODAY - timedelta(days=100), TODAY - timedelta(days=365), TODAY - timedelta(days=366)]
    police = [on(day, "police") for day in days]
    assert proposed(police=police)["escalation"] is True
    assert proposed(police=police, enough=4)["escalation"] is None


def test_a_repeat_is_proposed_where_abuse_came_since_and_left_open_where_the_case_is_only_flagged() -> None:
    referral = on(date(2027, 1, 1), "referral", agency="the police")
    assert proposed(stands=stands(referral, on(date(2027, 2, 1))))["repeat"] is True
    assert proposed(stands=stands(referral))["repeat"] is None
    assert proposed(stands=stands(on(date(2025, 1, 1), "referral")))["repeat"] is False


def test_each_criterion_is_answered_and_one_at_least_is_yes() -> None:
    no = dict.fromkeys(CRITERIA, False)
    assert set(lacks({})) == set(CRITERIA)
    assert set(lacks({**no, "repeat": None})) == {"repeat"}
    assert set(lacks(no)) == {"criteria"}
    assert lacks({**no, "judgement": True}) == {}
    assert met({**no, "repeat": True, "judgement": True}) == ("judgement", "repeat")
