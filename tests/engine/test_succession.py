"""One version of a policy follows another."""

from __future__ import annotations

import pytest

from fanlight.policy import Faults, permit, read_policy, read_proposal, rule

from .telling import HEAD, at, duty, gate, policy, ruled, story_of, versions

MAY = "2026-05-01"
REPORT = {"at": "2026-04-20T09:00", "entry": "report", "children": True}


def test_a_duty_keeps_the_terms_of_the_version_in_force_at_its_start() -> None:
    larch = versions(
        policy(duty(within='"1 working day"', met_by='"contact"')),
        policy(duty(within='"5 working days"', met_by='"visit"'), version="2", since=MAY),
    )
    told = [REPORT, {"at": "2026-05-02T09:00", "entry": "report"}, {"at": "2026-05-03T09:00", "entry": "visit"}]
    found = ruled(larch, told, now="2026-05-05T09:00").duties
    assert [(one.version, one.state) for one in found] == [("larch/1", "overdue"), ("larch/2", "met")]
    assert ruled(larch, told, now="2026-04-30T23:59:59").policy == "larch/1"
    assert ruled(larch, told, now="2026-05-01T00:00").policy == "larch/2"


def test_what_was_already_true_starts_nothing_again_under_a_row_of_the_same_id() -> None:
    larch = versions(
        policy(duty("tell", when='"children"', met_by='"contact"')),
        policy(duty("tell", when='"children"') + duty("new", when='"children"'), version="2", since=MAY),
    )
    told = [REPORT, {"at": "2026-04-21T09:00", "entry": "contact"}]
    found = ruled(larch, told, now="2026-05-02T09:00").duties
    assert [(one.id, one.state, one.started_by) for one in found] == [("tell", "met", "e1"), ("new", "open", None)]
    assert found[1].since == at("2026-05-01T00:00")


def test_a_condition_that_the_new_version_makes_true_starts_its_duty() -> None:
    larch = versions(
        policy(duty("tell", when='"score >= 14"')),
        policy(duty("tell", when='"score >= 10"'), version="2", since=MAY),
    )
    found = ruled(larch, [{**REPORT, "score": 12}], now="2026-05-02T09:00").duties
    assert [(one.since, one.started_by) for one in found] == [(at("2026-05-01T00:00"), None)]


def test_an_open_duty_is_lifted_by_its_own_condition() -> None:
    larch = versions(
        policy(duty("tell", when='"score >= 10"')),
        policy(duty("tell", when='"score >= 14"'), version="2", since=MAY),
    )
    told = [{**REPORT, "score": 12}]
    assert [one.state for one in ruled(larch, told, now="2026-05-02T09:00").duties] == ["open"]
    told.append({"at": "2026-05-02T09:00", "entry": "learned", "score": 9})
    assert [one.state for one in ruled(larch, told, now="2026-05-03T09:00").duties] == ["lifted"]


def test_the_grade_is_by_the_version_in_force_at_the_entry() -> None:
    def graded(limit: int) -> str:
        return f'[[risk.grade]]\ngrade = "high"\nwhen = "score >= {limit}"\n[[risk.grade]]\ngrade = "standard"\n'

    larch = versions(policy(graded(14)), policy(graded(10), version="2", since=MAY))
    told: list[dict[str, object]] = [{"at": "2026-04-20T09:00", "entry": "assessment", "score": 12}]
    assert ruled(larch, told, now="2026-05-02T09:00").facts["grade"] == "standard"
    told.append({"at": "2026-05-02T09:00", "entry": "learned"})
    assert ruled(larch, told, now="2026-05-02T09:00").facts["grade"] == "high"


def test_gates_are_those_in_force_now() -> None:
    larch = versions(policy(), policy(gate(), version="2", since=MAY))
    story = story_of(larch, REPORT)
    for moment, refusals in (("2026-04-30T09:00", 0), ("2026-05-01T09:00", 1)):
        proposed = read_proposal({"entry": "share", "to": "police"}, larch.vocabulary, story, at(moment))
        assert len(permit(larch, story, proposed, at(moment))) == refusals


def test_no_duty_starts_while_no_version_is_in_force() -> None:
    first = policy(duty(), more="in_force_to = 2026-02-01")
    larch = versions(first, policy(duty("call", when='"children"'), version="2", since=MAY))
    found = ruled(larch, [{**REPORT, "at": "2026-03-01T09:00"}], now="2026-04-01T09:00")
    assert (found.policy, found.duties, found.questions) == ("larch", (), ())
    assert ruled(larch, [REPORT], now="2026-05-02T09:00").duties[0].started_by is None


def test_one_version_alone_counts_throughout() -> None:
    assert len(rule(policy(duty(), since="2030-01-01"), story_of(policy(), REPORT), at("2026-05-02T09:00")).duties) == 1


def test_two_versions_may_not_start_on_one_day() -> None:
    with pytest.raises(Faults, match="the same day"):
        versions(policy(), policy(version="2"))


def test_two_files_may_not_be_one_version_nor_one_of_another_landlord_stand_among_them() -> None:
    with pytest.raises(Faults, match="Two files are this version"):
        versions(policy(), policy(since=MAY))
    elm = read_policy(HEAD.format(version="2", since=MAY, nation="england", more="").replace("larch", "elm"), "elm", {})
    with pytest.raises(Faults, match="which has another id"):
        versions(policy(), elm)


def test_a_duty_that_waits_starts_under_the_version_in_force_then() -> None:
    larch = versions(
        policy(duty(upon='"report"', when='"weapons"', within='"1 hour"')),
        policy(duty(upon='"report"', when='"weapons"', within='"2 hours"'), version="2", since=MAY),
    )
    told = [REPORT, {"at": "2026-05-02T09:00", "entry": "learned", "weapons": True}]
    found = ruled(larch, told, now="2026-05-02T09:30").duties
    assert [(one.version, one.started_by, one.due) for one in found] == [("larch/2", "e1", at("2026-05-02T11:00"))]


def test_a_row_that_now_starts_by_its_condition_starts_nothing_again_where_it_had_started() -> None:
    larch = versions(
        policy(duty("tell", upon='"report"')),
        policy(duty("tell", when='"children"'), version="2", since=MAY),
    )
    assert [one.started_by for one in ruled(larch, [REPORT], now="2026-05-02T09:00").duties] == ["e1"]
    unknown = {"at": "2026-04-20T09:00", "entry": "report"}
    known = {"at": "2026-05-02T09:00", "entry": "learned", "children": True}
    assert [one.started_by for one in ruled(larch, [unknown, known], now="2026-05-03T09:00").duties] == ["e1", "e2"]
    told = [
        REPORT,
        {"at": "2026-05-02T09:00", "entry": "learned", "children": False},
        {"at": "2026-05-03T09:00", "entry": "learned", "children": True},
    ]
    assert [one.started_by for one in ruled(larch, told, now="2026-05-03T09:00").duties] == ["e1", "e3"]


def test_what_turned_false_and_true_again_while_no_version_was_in_force_is_owed_anew() -> None:
    larch = versions(
        policy(duty("tell", when='"children"', met_by='"contact"'), more="in_force_to = 2026-04-25"),
        policy(duty("tell", when='"children"'), version="2", since=MAY),
    )
    met = [REPORT, {"at": "2026-04-21T09:00", "entry": "contact"}]
    assert [one.state for one in ruled(larch, met, now="2026-05-02T09:00").duties] == ["met"]
    between = [
        {"at": "2026-04-26T09:00", "entry": "learned", "children": False},
        {"at": "2026-04-27T09:00", "entry": "learned", "children": True},
    ]
    found = ruled(larch, [*met, *between], now="2026-05-02T09:00").duties
    assert [(one.state, one.started_by) for one in found] == [("met", "e1"), ("open", None)]


def test_a_duty_that_waits_is_left_to_its_condition_where_the_new_version_starts_it_by_that_alone() -> None:
    larch = versions(
        policy(duty("tell", upon='"report"', when='"weapons"')),
        policy(duty("tell", when='"weapons"'), version="2", since=MAY),
    )
    told = [REPORT, {"at": "2026-05-02T09:00", "entry": "learned", "weapons": True}]
    assert [one.started_by for one in ruled(larch, told, now="2026-05-03T09:00").duties] == ["e2"]


def test_when_a_version_ends_the_latest_that_is_still_in_force_counts() -> None:
    larch = versions(policy(), policy(version="2", since=MAY, more="in_force_to = 2026-06-01"))
    assert [ruled(larch, [REPORT], now=f"2026-{month:02}-02T09:00").policy for month in (4, 5, 6)] == [
        "larch/1",
        "larch/2",
        "larch/1",
    ]
