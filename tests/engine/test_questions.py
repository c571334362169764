"""What nobody has asked, and what it would decide; what the policy offers."""

from __future__ import annotations

from .telling import duty, policy, ruled


def asked(rows: str, *entries: dict[str, object]) -> dict[str, tuple[str, ...]]:
    found = ruled(policy(rows), entries or [{"entry": "report"}]).questions
    return {question.fact: question.decides for question in found}


def test_an_unknown_fact_is_asked_for_with_every_row_it_decides() -> None:
    rows = duty("tell", when='"children"') + duty("offer", when='{ all = ["children", "fleeing"] }')
    assert asked(rows) == {"children": ("tell", "offer"), "fleeing": ("offer",)}
    assert asked(rows, {"entry": "report", "children": False}) == {}


def test_what_no_longer_matters_is_not_asked() -> None:
    rows = duty("tell", when='{ any = ["weapons", { all = ["children", "fleeing"] }] }')
    assert asked(rows, {"entry": "report", "children": False}) == {"weapons": ("tell",)}
    assert asked(rows, {"entry": "report", "weapons": True}) == {}


def test_a_duty_upon_an_entry_asks_only_once_that_entry_is_there() -> None:
    rows = duty("tell", upon='"incident"', when='"children"')
    assert asked(rows) == {}
    assert asked(rows, {"entry": "incident"}) == {"children": ("tell",)}
    assert asked(rows, {"entry": "incident", "children": False}) == {}


def test_the_grade_is_never_asked_for_but_what_it_waits_for_is() -> None:
    grades = (
        '[[risk.grade]]\ngrade = "high"\nwhen.any = ["score >= 14", "weapons"]\n[[risk.grade]]\ngrade = "standard"\n'
    )
    rows = grades + duty("marac", when='"grade is high"')
    assert asked(rows) == {"score": ("marac",), "weapons": ("marac",)}
    assert asked(rows, {"entry": "assessment", "score": 3}) == {"weapons": ("marac",)}
    assert asked(grades) == {"score": (), "weapons": ()}


def test_without_grades_the_one_given_is_asked_for() -> None:
    assert asked(duty("marac", when='"grade is high"')) == {"grade_given": ("marac",)}


def test_options_wait_and_are_offered_by_their_condition() -> None:
    rows = '[[option]]\nid = "leave"\nclause = "1"\ntitle = "Leaving"\nwhen = "choice is leaves"\noffer = ["refuge"]\n'
    assert asked(rows) == {"choice": ("leave",)}
    assert ruled(policy(rows), [{"entry": "report"}]).options == ()
    offered = ruled(policy(rows), [{"entry": "choice", "choice": "leaves"}]).as_json()["options"]
    assert offered == [{"id": "leave", "clause": "1", "answers": [], "offer": ["refuge"]}]


def test_what_consent_would_tell_is_no_question_of_fact() -> None:
    assert asked(duty("tell", when='"consented_to includes police"')) == {}
