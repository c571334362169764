"""An instrument that nobody here has heard of: what its grades mean reaches each landlord's policy, and its points do not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fanlight.casework import rulings
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.instruments import Answer
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.assessments import assessment_form, assessment_page, assessments_of_case, check_answers
from fanlight.casework.queries.case_page import case_page
from fanlight.command_line import main
from fanlight.packs import landlord_ids
from fanlight.places import policies_folder
from tests import make
from tests.cast import hire
from tests.risk import NOW, owes_marac, ruling

pytestmark = pytest.mark.django_db
TIDE = """
[instrument]
id = "tide"
title = "Tide table"
version = "1"
in_force_from = 2026-01-05
source = "Made up."
[sources]
told = "They told us"
[[band]]
grade = "top"
at_least = 20
[[band]]
grade = "mid"
at_least = 15
[[band]]
grade = "calm"
at_least = 0
[judgement]
raises_to = "top"
asks = "Worried?"
[escalation]
asks = "How often?"
at_least = 3
says = "So often is top by itself."
decides = "top"
[[item]]
key = "a"
topic = "A?"
score = 14
[[item]]
key = "b"
topic = "B?"
score = 6
[[item]]
key = "c"
topic = "C?"
score = 0
decides = "top"
"""
SAID = TIDE.replace('"top"\nat_least', '"top"\nmeans = "high"\nat_least').replace(
    '"mid"\nat_least', '"mid"\nmeans = "medium"\nat_least'
)
SAID = SAID.replace('"calm"\nat_least', '"calm"\nmeans = "standard"\nat_least')
HAS_A_MARAC_DUTY = {"connect", "tai-calon"}
ALL_FIVE = ("connect", "housing-plus", "one-vision", "ongo", "tai-calon")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This function will give a copy of the policies in which every landlord may use the tide table."""
    for file in policies_folder().rglob("*.toml"):
        copy = tmp_path / file.relative_to(policies_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        if copy.name == "landlord.toml":
            text = text.replace('instruments = ["dash"]', 'instruments = ["dash", "tide"]')
            text += "" if '"tide"' in text else '\n[risk]\ninstruments = ["dash", "tide"]\n'
        copy.write_text(text, encoding="utf-8")
    (tmp_path / "instruments" / "tide.toml").write_text(SAID, encoding="utf-8")
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path))
    rulings.forget()
    yield tmp_path
    rulings.forget()


def somebody(landlord: str) -> tuple[Staff, Case]:
    """This function will give an officer of a landlord who records assessments, and a case of theirs."""
    for role, one in settings_of(landlord).roles.items():
        may = {"report:make", "case:write"} <= {*one.permissions} and {"*", "assessment"} & {*one.records}
        if may and one.scope != "own":
            officer = hire("Mair", landlord, **{role: []})
            return officer, make.make_report(officer, patch=None)
    raise AssertionError(landlord)


def assess(who: tuple[Staff, Case], yes: str = "", *, instrument: str = "tide", now: Any = NOW, **said: Any) -> int:
    """This function will complete an assessment: every item no, but for those that are named."""
    officer, case = who
    items = rulings.instruments.instruments_at(case.landlord_id, now.date())[instrument].items
    answers = {item.key: Answer("yes" if item.key in yes.split() else "no") for item in items}
    said = {"judged_high": False, "reason": "As they told it.", **said}
    return complete_assessment(case=case, instrument=instrument, answers=answers, by=officer, now=now, **said)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("landlord", ALL_FIVE)
@pytest.mark.parametrize(("yes", "said"), [("c", {}), ("a b", {}), ("", {"judged_high": True}), ("", {"incidents": 3})])
def test_a_high_grade_of_another_instrument_is_high_however_it_was_reached(
    landlord: str, yes: str, said: dict[str, Any]
) -> None:
    officer, case = who = somebody(landlord)
    sequence = assess(who, yes, **said)
    assert assessment_page(officer, case.reference, sequence, now=NOW).line.grade == "top"
    assert make.fresh(case).grade == "high"
    assert owes_marac(case) is (landlord in HAS_A_MARAC_DUTY)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("landlord", ALL_FIVE)
def test_points_of_another_instrument_are_not_those_that_the_policy_counts(landlord: str) -> None:
    officer, case = who = somebody(landlord)
    sequence = assess(who, "a")
    line = assessment_page(officer, case.reference, sequence, now=NOW).line
    assert (line.score, line.grade, line.means) == (14, "calm", "standard")
    # Connect's policy asks of weapons and the like too. The tide table does not: nobody knows, and that is not standard.
    assert make.fresh(case).grade == ("" if landlord == "connect" else "standard")
    assert not owes_marac(case)


@pytest.mark.usefixtures("folder")
def test_what_stands_for_other_points_is_told_to_nobody_as_a_score() -> None:
    officer, case = who = somebody("connect")
    assess(who, "a")
    page = case_page(officer, case.reference, now=NOW)
    assert not [answer for question, answer in page.facts if "score" in question.lower()]
    assert not [one for line in page.story for one in line.said if one.name == "score"]
    (note,) = [line.note for line in page.story if line.kind == "assessment"]
    assert "Tide table: calm, 14 of 20" in note
    assess(who, "injury", instrument="dash", now=make.later(hours=4))
    page = case_page(officer, case.reference, now=make.later(hours=5))
    assert "1" in [answer for question, answer in page.facts if "score" in question.lower()]


@pytest.mark.parametrize("landlord", ["connect", "tai-calon"])
@pytest.mark.parametrize("text", [SAID, TIDE])
def test_bands_that_say_nothing_are_read_by_where_judgement_raises_to(folder: Path, landlord: str, text: str) -> None:
    (folder / "instruments" / "tide.toml").unlink()
    own = folder / landlord / "instruments"
    own.mkdir()
    (own / "tide.toml").write_text(text, encoding="utf-8")
    rulings.forget()
    tide = rulings.instruments.instruments_at(landlord, NOW.date())["tide"]
    assert [band.means for band in tide.bands] == ["high", "medium", "standard"]
    who = somebody(landlord)
    assess(who, "c")
    assert owes_marac(who[1])


def test_a_policy_that_does_not_ask_for_the_grade_hears_of_it_as_judged_with_who_decided(folder: Path) -> None:
    file = folder / "connect" / "2.toml"
    text = file.read_text(encoding="utf-8")
    assert ', "grade_given is high"]' in text
    file.write_text(text.replace(', "grade_given is high"]', "]"), encoding="utf-8")
    rulings.forget()
    officer, case = who = somebody("connect")
    sequence = assess(who, "c")
    assert owes_marac(case)
    assert make.told_last(case, "assessment").told.payload["facts"]["judged_high"] is True
    assert "The instrument decided that the risk is high." in make.told_last(case, "assessment").note
    # The assessor's own answer stays theirs.
    assert assessment_page(officer, case.reference, sequence, now=NOW).line.judged_high is False
    calm = make.make_report(officer, patch=None)
    assess((officer, calm), "a")
    assert not owes_marac(calm)


def test_a_flag_of_the_policys_own_instrument_that_states_nothing_reaches_it_too(folder: Path) -> None:
    for file, old, new in (
        (folder / "connect" / "2.toml", ', "grade_given is high"]', "]"),
        (folder / "instruments" / "dash.toml", 'key = "animals"', 'key = "animals"\ndecides = "high"'),
    ):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    rulings.forget()
    who = somebody("connect")
    assess(who, "animals", instrument="dash")
    assert ruling(who[1]).facts["score"] == 1
    assert owes_marac(who[1])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("landlord", ALL_FIVE)
def test_an_answer_that_is_not_known_is_in_doubt_by_the_flags_and_bands_of_its_own_instrument(landlord: str) -> None:
    officer, case = somebody(landlord)
    form = assessment_form(officer, case.reference, "tide", now=NOW)
    said = {"a": Answer("yes"), "b": Answer("no"), "c": Answer("unknown")}
    found = check_answers(officer, replace(form, answers=said), now=NOW)
    assert [item.key for item in found.doubt.alone] == ["c"]
    said = {"a": Answer("yes"), "b": Answer("unknown"), "c": Answer("no")}
    found = check_answers(officer, replace(form, answers=said), now=NOW)
    assert [item.key for item in found.doubt.alone] == ["b"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("instrument", "is_high"), [("tide table", False), ("DASH", True), ("Their own form", True)])
def test_points_of_another_agencys_count_unless_they_are_of_another_instrument_that_we_know(
    instrument: str, is_high: bool
) -> None:
    officer, case = somebody("connect")
    record_other_assessment(
        case=case, agency="Police", how="seen", instrument=instrument, score=15, by=officer, now=NOW
    )
    assert (make.fresh(case).grade == "high") is is_high
    assert assessments_of_case(officer, case.reference, now=NOW).lines[0].score == 15


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('means = "high"', 'means = "hihg"', "'hihg', which is no grade of risk; did you mean high?"),
        ('means = "medium"', 'means = "severe"', "'severe', which is no grade of risk; use high, medium, standard"),
        ('means = "standard"', 'means = "high"', "must go down in what they mean too"),
        ("score = 6", "score = -4", "score must be a whole number, 0 or more"),
        ('source = "Made up."', 'source = "x"\nroles = ["line_manager", "case_oficer"]', "did you mean case_officer?"),
        (
            'asks = "How often?"',
            'asks = "x"\nareas = { "Kirkless" = 4 }',
            "'Kirkless' is no area; did you mean Kirklees?",
        ),
    ],
)
def test_a_check_refuses_a_word_that_nobody_knows_with_the_nearest(
    folder: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, fault: str
) -> None:
    assert before in SAID
    (folder / "instruments" / "tide.toml").write_text(SAID.replace(before, after, 1), encoding="utf-8")
    rulings.forget()
    assert main(["check"]) == 1
    told = capsys.readouterr().err
    assert told.count(fault) == 1
    assert "tide.toml" in told


def test_a_check_says_how_bands_that_say_nothing_are_read_and_is_content(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert "no fault" not in capsys.readouterr().out
    (folder / "instruments" / "tide.toml").write_text(TIDE, encoding="utf-8")
    rulings.forget()
    assert main(["check"]) == 0
    assert "We read top as high, mid as medium, calm as standard" in capsys.readouterr().out


def test_a_landlord_whose_policy_has_grades_of_its_own_says_which_of_them_a_band_means(folder: Path) -> None:
    policy = folder / "connect" / "2.toml"
    text = policy.read_text(encoding="utf-8")
    text = text.replace('"grade_given is high"]', '"grade_given is severe"]').replace(
        'grade = "high"', 'grade = "severe"'
    )
    policy.write_text(text.replace("grade is high", "grade is severe"), encoding="utf-8")
    (folder / "instruments" / "tide.toml").unlink()
    own = folder / "connect" / "instruments"
    own.mkdir()
    (own / "tide.toml").write_text(SAID.replace('means = "high"', 'means = "severe"'), encoding="utf-8")
    rulings.forget()
    who = somebody("connect")
    assess(who, "c")
    assert make.fresh(who[1]).grade == "severe"
    assert owes_marac(who[1])


def test_all_five_are_here() -> None:
    assert tuple(landlord_ids()) == ALL_FIVE
