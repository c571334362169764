"""Yes, no, and not known yet."""

from __future__ import annotations

import pytest

from fanlight.policy.conditions import Names, read_condition
from fanlight.policy.vocabulary import VERSION_1

from .telling import duty, policy, ruled, standing

UNKNOWN = None


def holds(raw: object, facts: dict[str, object]) -> bool | None:
    complaints: list[str] = []
    condition = read_condition(raw, Names(VERSION_1), lambda what, mend: complaints.append(what))
    assert condition is not None, complaints
    return condition.holds(facts)  # type: ignore[arg-type]  # plain values of the right types


@pytest.mark.parametrize(
    ("condition", "facts", "truth"),
    [
        ("children", {"children": True}, True),
        ("children", {"children": False}, False),
        ("children", {}, UNKNOWN),
        ("not children", {"children": False}, True),
        ("not children", {}, UNKNOWN),
        ("area is Blaenau Gwent", {"area": "Blaenau Gwent"}, True),
        ("area is Blaenau Gwent", {"area": "Blaenau"}, False),
        ("area is not Leeds", {"area": "Kirklees"}, True),
        ("area is not Leeds", {}, UNKNOWN),
        ("area in Kirklees, Leeds", {"area": "Leeds"}, True),
        ("area in Kirklees, Leeds", {"area": "Wakefield"}, False),
        ("score >= 14", {"score": 14}, True),
        ("score >= 14", {"score": 13.99}, False),
        ("score < 14", {}, UNKNOWN),
        ("score > 14", {"score": 14}, False),
        ("score <= 14", {"score": 14}, True),
        ("consented_to includes police", {"consented_to": frozenset({"police"})}, True),
        ("consented_to includes police", {"consented_to": frozenset()}, False),
        ("consented_to includes police", {}, UNKNOWN),
        ("area is known", {}, False),
        ("area is unknown", {}, True),
        ("area is known", {"area": "Leeds"}, True),
        ({"any": ["children", "weapons"]}, {"weapons": True}, True),
        ({"any": ["children", "weapons"]}, {"weapons": False}, UNKNOWN),
        ({"all": ["children", "weapons"]}, {"weapons": False}, False),
        ({"all": ["children", "weapons"]}, {"weapons": True}, UNKNOWN),
        ({"not": "children"}, {}, UNKNOWN),
        ({"not": {"any": ["children", "weapons"]}}, {"children": False, "weapons": False}, True),
        (["children", "weapons"], {"children": True, "weapons": True}, True),
    ],
)
def test_a_condition_is_true_false_or_unknown(condition: object, facts: dict[str, object], truth: bool | None) -> None:
    assert holds(condition, facts) is truth


def test_the_latest_word_on_a_fact_wins_and_a_set_grows() -> None:
    larch = policy('[facts.flags]\ntype = "set of words"\nask = "Which flags?"\n')
    facts = ruled(
        larch,
        [
            {"entry": "report", "children": True, "flags": ["red"]},
            {"entry": "learned", "children": False, "flags": ["blue"]},
        ],
    ).facts
    assert facts["children"] is False
    assert facts["flags"] == frozenset({"red", "blue"})


def test_the_latest_word_on_each_recipient_wins() -> None:
    facts = ruled(
        policy(),
        [
            {"entry": "consent", "to": "police", "given": True},
            {"entry": "consent", "to": "idva", "given": True},
            {"entry": "consent", "to": "police", "given": False},
        ],
    ).facts
    assert facts["consented_to"] == frozenset({"idva"})
    assert facts["refused_to"] == frozenset({"police"})


def test_a_second_report_or_an_incident_makes_it_a_repeat() -> None:
    assert ruled(policy(), [{"entry": "report"}]).facts["repeat"] is False
    assert ruled(policy(), [{"entry": "report"}, {"entry": "incident"}]).facts["repeat"] is True
    assert "repeat" not in ruled(policy(), [{"entry": "incident"}, {"entry": "learned"}]).facts


def test_response_is_counted_in_whole_minutes_to_the_first_safe_conversation() -> None:
    facts = ruled(
        policy(),
        [
            {"entry": "report"},
            {"entry": "contact", "result": "no_answer"},
            {"entry": "contact", "result": "spoke"},
            {"at": "2026-03-02T12:30:59", "entry": "contact", "result": "spoke", "safe": True},
            {"at": "2026-03-02T15:00", "entry": "contact", "result": "spoke", "safe": True},
        ],
    ).facts
    assert facts["response_minutes"] == 210


GRADES = """
[[risk.grade]]
grade = "high"
when.any = ["score >= 14", "weapons"]
[[risk.grade]]
grade = "medium"
when = "score >= 10"
[[risk.grade]]
grade = "standard"
"""


@pytest.mark.parametrize(
    ("entries", "grade"),
    [
        ([{"entry": "assessment", "score": 14}], "high"),
        ([{"entry": "assessment", "score": 11}], None),
        ([{"entry": "assessment", "score": 11, "weapons": False}], "medium"),
        ([{"entry": "assessment", "score": 3, "weapons": False}], "standard"),
        ([{"entry": "learned", "score": 3, "weapons": False}], None),
        ([{"entry": "report", "weapons": True}], "high"),
        ([{"entry": "report"}], None),
    ],
)
def test_the_grade_is_the_first_that_holds_and_unknown_above_makes_it_unknown(
    entries: list[dict[str, object]], grade: str | None
) -> None:
    assert ruled(policy(GRADES), entries).facts.get("grade") == grade


def test_one_grade_may_stand_in_several_rows() -> None:
    twice = '[[risk.grade]]\ngrade = "high"\nwhen = "{}"\n'
    larch = policy(twice.format("score >= 14") + twice.format("weapons") + duty(when='"grade is high"'))
    assert ruled(larch, [{"entry": "learned", "score": 3, "weapons": True}]).duties[0].because == ("weapons",)


def test_where_no_grade_holds_and_there_is_no_last_resort_the_grade_is_unknown() -> None:
    rows = '[[risk.grade]]\ngrade = "high"\nwhen = "weapons"\n'
    assert "grade" not in ruled(policy(rows), [{"entry": "assessment", "weapons": False}]).facts


def test_without_grades_of_its_own_a_policy_takes_the_one_given() -> None:
    assert ruled(policy(), [{"entry": "assessment", "grade_given": "high"}]).facts["grade"] == "high"
    assert ruled(policy(), [{"entry": "assessment"}]).facts["grade"] == "none"
    assert "grade" not in ruled(policy(), [{"entry": "report"}]).facts


def test_a_field_of_the_entry_comes_before_a_fact_of_the_same_name() -> None:
    larch = policy(duty(upon='"assessment where grade_given is high"'))
    graded = {"entry": "assessment", "grade_given": "high"}
    assert standing(larch, [graded]) == [("call", "open")]
    assert standing(larch, [graded, {"entry": "assessment"}]) == [("call", "open")]


def test_a_pattern_names_the_facts_that_its_entry_leaves() -> None:
    larch = policy(duty(upon='"incident where children"'))
    assert standing(larch, [{"entry": "incident", "children": True}]) == [("call", "open")]
    assert standing(larch, [{"entry": "incident"}, {"entry": "learned", "children": True}]) == []


def test_a_word_with_and_in_it_stays_whole_in_a_pattern() -> None:
    larch = policy(duty(upon='"report where area is Telford and Wrekin and children"'))
    assert standing(larch, [{"entry": "report", "area": "Telford and Wrekin", "children": True}]) == [("call", "open")]
    assert standing(larch, [{"entry": "report", "area": "Telford", "children": True}]) == []
