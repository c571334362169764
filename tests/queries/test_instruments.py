"""Risk instruments as data: what answers come to, which unknown answers would decide, and files that cannot be used."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from fanlight.casework import instruments
from fanlight.casework.instruments import (
    Answer,
    Instrument,
    InstrumentFaults,
    doubt,
    facts_of,
    find,
    instruments_at,
    not_to_be_used,
)
from fanlight.places import policies_folder

DAY = date(2026, 3, 3)
DASH = instruments_at("connect", DAY)["dash"]
HARBOUR = instruments_at("connect", DAY)["harbour"]


def answered(instrument: Instrument, yes: str = "", unknown: str = "") -> dict[str, Answer]:
    """This function will answer every item: no, but for those that are named."""
    said = {item.key: Answer("no") for item in instrument.items}
    said |= {key: Answer("yes") for key in yes.split()}
    return said | {key: Answer("unknown") for key in unknown.split()}


def first(instrument: Instrument, count: int) -> str:
    """This function will name the first so many items that decide nothing by themselves."""
    return " ".join([item.key for item in instrument.items if not item.decides][:count])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This function will give a folder of policies with nothing in it but the instruments that are for all."""
    (tmp_path / "connect" / "instruments").mkdir(parents=True)
    (tmp_path / "instruments").mkdir()
    for file in (policies_folder() / "instruments").glob("*.toml"):
        (tmp_path / "instruments" / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path))
    instruments.forget()
    yield tmp_path
    instruments.forget()


@pytest.mark.parametrize(
    ("score", "grade"), [(0, "standard"), (9, "standard"), (10, "medium"), (13, "medium"), (14, "high")]
)
def test_the_score_gives_the_grade_of_its_band(score: int, grade: str) -> None:
    found = find(DASH, answered(DASH, first(DASH, score)))
    assert (found.score, found.grade, found.by_score) == (score, grade, grade)


@pytest.mark.parametrize("flag", ["strangulation", "weapons", "stalking", "threats_to_kill"])
def test_each_of_four_answers_makes_the_risk_high_by_itself(flag: str) -> None:
    found = find(DASH, answered(DASH, flag))
    assert (found.score, found.by_score, found.grade) == (1, "standard", "high")
    assert [item.key for item in found.decided] == [flag]


def test_judgement_raises_and_never_lowers() -> None:
    raised = find(DASH, answered(DASH), judged_high=True)
    assert (raised.score, raised.grade, raised.raised) == (0, "high", True)
    kept = find(DASH, answered(DASH, "strangulation"), judged_high=False)
    assert (kept.grade, kept.raised) == ("high", False)


def test_enough_incidents_are_escalation_and_raise_no_grade_unless_the_file_says_so() -> None:
    assert [find(DASH, answered(DASH), incidents=number).escalates for number in (None, 0, 2, 3)] == [
        None,
        False,
        False,
        True,
    ]
    assert find(DASH, answered(DASH), incidents=9).grade == "standard"
    assert find(HARBOUR, answered(HARBOUR), incidents=2).grade == "amber"
    # An area has its own number.
    assert find(HARBOUR, answered(HARBOUR), incidents=2, area="Leeds").escalates is False


def test_what_nobody_answered_is_not_a_no() -> None:
    found = find(DASH, {"injury": Answer("yes")})
    assert (found.score, found.most, len(found.unknown)) == (1, 24, 23)
    assert facts_of(DASH, {"injury": Answer("yes"), "weapons": Answer("unknown")}) == {}
    assert facts_of(DASH, answered(DASH, "weapons", "stalking")) == {
        "weapons": True,
        "strangulation": False,
        "threats_to_kill": False,
    }


def by_the_instrument(instrument: Instrument, answers: Mapping[str, Answer]) -> str:
    """This function will give the grade that an instrument gives."""
    return find(instrument, answers).grade


def test_an_unknown_answer_that_would_decide_is_named() -> None:
    found = doubt(DASH, answered(DASH, "", "strangulation injury"), lambda said: by_the_instrument(DASH, said))
    assert [item.key for item in found.alone] == ["strangulation"]
    assert found.together == ()


def test_unknown_answers_that_would_decide_together_are_named_together() -> None:
    thirteen = first(DASH, 12)
    rest = " ".join(item.key for item in DASH.items if item.key not in thirteen.split() and not item.decides)
    said = answered(DASH, thirteen, " ".join(rest.split()[:2]))
    found = doubt(DASH, said, lambda one: by_the_instrument(DASH, one))
    assert found.alone == ()
    assert len(found.together) == 2


def test_unknown_answers_that_change_nothing_are_no_doubt() -> None:
    assert not doubt(DASH, answered(DASH, "weapons", "strangulation injury"), lambda one: by_the_instrument(DASH, one))
    assert not doubt(DASH, answered(DASH), lambda one: by_the_instrument(DASH, one))


def test_a_made_up_instrument_is_scored_by_its_own_file_and_nothing_of_the_dash() -> None:
    assert [band.grade for band in HARBOUR.bands] == ["red", "amber", "green"]
    assert find(HARBOUR, answered(HARBOUR, "leak rope")).grade == "amber"
    assert find(HARBOUR, answered(HARBOUR, "lamp")).grade == "amber"
    assert find(HARBOUR, answered(HARBOUR, "storm")).grade == "red"
    assert find(HARBOUR, answered(HARBOUR), judged_high=True).grade == "red"
    assert facts_of(HARBOUR, answered(HARBOUR, "storm")) == {"threats_to_kill": True}


def test_the_dash_ships_without_its_wording() -> None:
    assert DASH.own_words
    assert len(DASH.items) == DASH.most == 24
    assert not any(item.is_question or "?" in item.topic for item in DASH.items)


WORDING = """
[wording]
instrument = "dash"
version = "2009"
acknowledgement = "Used with the permission of its owner."
permission = "Letter of 3 March 2026, kept by the safeguarding lead."

[items]
"""


def test_a_landlord_that_may_use_the_wording_loads_it_with_its_acknowledgement(folder: Path) -> None:
    file = folder / "connect" / "instruments" / "dash-wording.toml"
    keys = sorted(item.key for item in DASH.items)
    file.write_text(WORDING + "\n".join(f'{key} = "Words for {key}?"' for key in keys), encoding="utf-8")
    worded = instruments_at("connect", DAY)["dash"]
    assert worded.acknowledgement == "Used with the permission of its owner."
    assert not worded.own_words
    # In the order of the landlord's file, and scored as before.
    assert [item.key for item in worded.items] == keys
    assert worded.items[0].topic == f"Words for {keys[0]}?"
    assert find(worded, answered(worded, "strangulation")).grade == "high"
    assert instruments_at("ongo", DAY)["dash"].own_words


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WORDING + 'injury = "Words?"', "has no words for"),
        (WORDING + 'injuries = "Words?"', "injuries is no item of it; did you mean injury?"),
        (WORDING.replace('"Used with the permission of its owner."', '""'), "acknowledgement must be said"),
        (WORDING.replace("permission =", "licence ="), "permission must be said"),
        (WORDING.replace("2009", "2010"), "There is no instrument 'dash' of version '2010'"),
        (WORDING + "injury = 3", "injury must be words in quotes"),
    ],
)
def test_a_wording_that_is_not_whole_is_not_shown(text: str, fault: str, folder: Path) -> None:
    (folder / "connect" / "instruments" / "dash-wording.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InstrumentFaults, match="dash-wording") as found:
        instruments_at("connect", DAY)
    assert fault in str(found.value)


def test_a_landlords_own_instrument_stands_in_place_of_ours(folder: Path) -> None:
    ours = (folder / "instruments" / "dash.toml").read_text(encoding="utf-8")
    own = ours.replace("at_least = 10", "at_least = 8")
    (folder / "connect" / "instruments" / "dash.toml").write_text(own, encoding="utf-8")
    assert instruments_at("connect", DAY)["dash"].band(8) == "medium"
    assert instruments_at("ongo", DAY)["dash"].band(8) == "standard"


def test_an_instrument_is_the_version_that_is_in_force(folder: Path) -> None:
    ours = (folder / "instruments" / "harbour.toml").read_text(encoding="utf-8")
    later = ours.replace('version = "3"', 'version = "4"').replace("2024-04-01", "2026-06-01")
    (folder / "instruments" / "harbour-4.toml").write_text(later, encoding="utf-8")
    assert instruments_at("connect", date(2026, 5, 31))["harbour"].version == "3"
    assert instruments_at("connect", date(2026, 6, 1))["harbour"].version == "4"
    assert "harbour" not in instruments_at("connect", date(2024, 3, 31))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('decides = "red"', 'decides = "rod"', "'rod' is no grade of a [[band]]; did you mean red?"),
        ("at_least = 4", "at_least = 12", "[[band]] must go down"),
        ("score = 5", 'score = "five"', "score must be a whole number"),
        ("score = 5", "points = 5", "points is not a word here"),
        ('states = "threats_to_kill"', 'states = "threat_to_kill"', "did you mean threats_to_kill?"),
        ('key = "leak"', 'key = "storm"', "'storm' stands there twice"),
        ("[judgement]", "[judgment]", "judgment is not a table of an instrument; did you mean judgement?"),
        ('version = "3"', "", "version must be said"),
        ("2024-04-01", '"2024-04-01"', "in_force_from must be a day"),
        ("at_least = 9", "at_least = 90", "no answers score 90"),
        ("[sources]", "[whence]", "[sources] must say who"),
        ("[instrument]", "[[[", "It cannot be read"),
    ],
)
def test_an_instrument_that_cannot_be_used_says_why(before: str, after: str, fault: str, folder: Path) -> None:
    file = folder / "instruments" / "harbour.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InstrumentFaults, match=r"harbour\.toml") as found:
        instruments_at("connect", DAY)
    assert fault in str(found.value)


def test_every_fault_is_told_at_once(folder: Path) -> None:
    file = folder / "instruments" / "harbour.toml"
    text = file.read_text(encoding="utf-8").replace("score = 3", 'score = "three"').replace("asks =", "ask =")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InstrumentFaults) as found:
        instruments_at("connect", DAY)
    assert len(found.value.faults) == 6


def test_an_instrument_that_is_offered_is_there_and_is_for_somebody(folder: Path) -> None:
    assert list(not_to_be_used("connect", ["dash", "harbour"], ["line_manager"])) == []
    ((_, missing),) = not_to_be_used("connect", ["dahs"], ["case_officer"])
    assert "There is no instrument 'dahs'; did you mean dash?" in missing
    ((_, nobody),) = not_to_be_used("connect", ["harbour"], ["case_officer"])
    assert "nobody here is any of them" in nobody
