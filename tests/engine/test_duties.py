"""How duties start, are met, and are lifted."""

from __future__ import annotations

from .telling import at, duty, policy, ruled, standing

CHILDREN = {"entry": "learned", "children": True}
NO_CHILDREN = {"entry": "learned", "children": False}
REPORT = {"entry": "report"}
CONTACT = {"entry": "contact"}


def test_each_matching_entry_starts_one_duty() -> None:
    larch = policy(duty(upon='["report", "incident"]'))
    found = ruled(larch, [REPORT, {"entry": "incident"}, CONTACT]).duties
    assert [(one.id, one.started_by, one.because) for one in found] == [("call", "e1", ()), ("call", "e2", ())]


def test_a_condition_starts_a_duty_each_time_it_turns_true() -> None:
    larch = policy(duty(when='"children"', met_by='"contact"'))
    assert standing(larch, [REPORT]) == []
    assert standing(larch, [CHILDREN, CHILDREN]) == [("call", "open")]
    assert standing(larch, [CHILDREN, NO_CHILDREN]) == [("call", "lifted")]
    assert standing(larch, [CHILDREN, NO_CHILDREN, CHILDREN]) == [("call", "lifted"), ("call", "open")]
    assert standing(larch, [CHILDREN, CONTACT, CHILDREN]) == [("call", "met")]
    assert standing(larch, [CHILDREN, CONTACT, NO_CHILDREN, CHILDREN]) == [("call", "met"), ("call", "open")]


def test_a_lasting_duty_is_not_undone_by_a_change_of_condition() -> None:
    larch = policy(duty(when='"score >= 14"', lasting="true"))
    high, low = {"entry": "learned", "score": 15}, {"entry": "learned", "score": 3}
    assert standing(larch, [high, low]) == [("call", "open")]


def test_a_condition_that_is_unknown_at_the_entry_makes_the_duty_wait() -> None:
    larch = policy(duty(upon='"report"', when='"children"', met_by='"contact"'))
    assert standing(larch, [REPORT]) == []
    found = ruled(larch, [REPORT, {"entry": "incident"}, CHILDREN]).duties[0]
    assert (found.since, found.started_by, found.because) == (at("2026-03-02T11:00"), "e1", ("children",))
    assert standing(larch, [REPORT, NO_CHILDREN, CHILDREN]) == []
    assert standing(larch, [{**REPORT, "children": True}, NO_CHILDREN]) == [("call", "open")]


def test_the_entry_that_starts_a_duty_never_meets_it() -> None:
    larch = policy(duty(when='"children"', met_by='"contact"'))
    both = {"entry": "contact", "children": True}
    assert standing(larch, [both]) == [("call", "open")]
    assert standing(larch, [both, CONTACT]) == [("call", "met")]


def test_a_receipt_meets_only_the_referral_that_it_answers() -> None:
    larch = policy(duty(upon='"referral"', met_by='"receipt of it"'))
    referral = {"entry": "referral", "to": "marac"}
    found = ruled(larch, [referral, referral, {"entry": "receipt", "of": "e2"}]).duties
    assert [(one.started_by, one.state) for one in found] == [("e1", "open"), ("e2", "met")]


def test_what_was_done_before_counts_only_where_the_row_says_so() -> None:
    after = [CONTACT, CHILDREN]
    assert standing(policy(duty(when='"children"', met_by='"contact"')), after) == [("call", "open")]
    counts = policy(duty(when='"children"', met_by='"contact"', lifted_by='"review"', already_counts="true"))
    found = ruled(counts, after).duties[0]
    assert (found.state, found.met_at) == ("met", at("2026-03-02T10:00"))
    assert standing(counts, [{"entry": "review"}, CHILDREN]) == [("call", "lifted")]
    assert standing(counts, [{"entry": "review"}, CONTACT, CHILDREN]) == [("call", "met")]


def test_a_pattern_can_end_a_duty_without_meeting_it() -> None:
    larch = policy(duty(met_by='"contact"', lifted_by='"triaged where outcome is not_domestic_abuse"'))
    none = {"entry": "triaged", "outcome": "not_domestic_abuse"}
    assert standing(larch, [REPORT, none, CONTACT]) == [("call", "lifted")]
    assert standing(larch, [REPORT, CONTACT, none]) == [("call", "met")]


def test_closing_a_case_ends_no_duty() -> None:
    assert standing(policy(duty()), [REPORT, {"entry": "closed"}]) == [("call", "open")]


def test_because_gives_the_atoms_that_made_it_true_and_looks_through_the_grade() -> None:
    larch = policy(
        '[[risk.grade]]\ngrade = "high"\nwhen.any = ["score >= 14", "weapons", "stalking"]\n'
        + duty(when='["grade is high", "not safe_at_home", { not = "children" }]')
    )
    told = [{"entry": "report", "stalking": True, "weapons": True, "safe_at_home": False, "children": False}]
    assert ruled(larch, told).duties[0].because == ("weapons", "stalking", "not safe_at_home", "not children")


def test_duties_stand_in_order_of_start_then_of_the_file() -> None:
    larch = policy(duty("late", upon='"contact"') + duty("second") + duty("third"))
    assert [one.id for one in ruled(larch, [REPORT, CONTACT]).duties] == ["second", "third", "late"]


def test_what_is_struck_never_was_from_then_on() -> None:
    larch = policy(duty(met_by='"contact"'))
    told = [
        {"at": "2026-03-02T09:00", "entry": "report"},
        {"at": "2026-03-02T10:00", "entry": "contact"},
        {"at": "2026-03-02T11:00", "entry": "struck", "of": "e2", "reason": "Another case."},
        {"at": "2026-03-02T12:00", "entry": "struck", "of": "e3", "reason": "It was right."},
    ]
    assert standing(larch, told, now="2026-03-02T10:59") == [("call", "met")]
    assert standing(larch, told, now="2026-03-02T11:00") == [("call", "open")]
    assert standing(larch, told, now="2026-03-02T12:00") == [("call", "met")]


def test_only_what_has_happened_by_then_exists_in_whatever_order_it_was_recorded() -> None:
    larch = policy(duty(met_by='"contact"'))
    late = [{"at": "2026-03-02T12:00", "entry": "contact"}, {"at": "2026-03-02T09:00", "entry": "report"}]
    assert standing(larch, late, now="2026-03-02T11:00") == [("call", "open")]
    assert standing(larch, late, now="2026-03-02T12:00") == [("call", "met")]


def test_a_strike_that_was_itself_struck_never_was_in_whatever_order_they_are_dated() -> None:
    larch = policy(duty(met_by='"contact"'))
    told = [
        {"at": "2026-03-02T09:00", "entry": "report"},
        {"at": "2026-03-02T10:00", "entry": "contact"},
        {"at": "2026-03-02T12:00", "entry": "struck", "of": "e2", "reason": "Another case."},
        {"at": "2026-03-02T11:00", "entry": "struck", "of": "e3", "reason": "It was right."},
    ]
    assert standing(larch, told) == [("call", "met")]
    told.append({"at": "2026-03-02T10:30", "entry": "struck", "of": "e4", "reason": "It was not."})
    assert standing(larch, told) == [("call", "open")]


def test_of_two_strikes_of_one_another_the_later_stands() -> None:
    larch = policy(duty(met_by='"contact"'))
    told = [
        {"at": "2026-03-02T09:00", "entry": "report"},
        {"at": "2026-03-02T10:00", "entry": "contact"},
        {"at": "2026-03-02T11:00", "id": "a", "entry": "struck", "of": "b"},
        {"at": "2026-03-02T12:00", "id": "b", "entry": "struck", "of": "a"},
        {"at": "2026-03-02T12:00", "entry": "struck", "of": "e2"},
    ]
    assert standing(larch, told) == [("call", "open")]
