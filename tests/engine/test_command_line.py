"""The engine's command line, which needs no database and no settings."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from fanlight import packs
from fanlight.command_line import main

from .telling import HEAD, duty, gate, told

NOW = "2026-03-03T18:00"


@pytest.fixture
def larch(tmp_path: Path) -> str:
    path = tmp_path / "larch.toml"
    head = HEAD.format(version="1", since="2020-01-01", nation="england", more="")
    path.write_text(head + duty(within='"1 working day"', met_by='"contact"') + gate(), encoding="utf-8")
    return str(path)


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.json"
    path.write_text(json.dumps(told({"entry": "report"})), encoding="utf-8")
    return str(path)


def test_rule_prints_the_whole_ruling_as_json(larch: str, story: str, capsys: pytest.CaptureFixture[str]) -> None:
    proposal = '{"entry": "share", "to": "police"}'
    assert main(["rule", larch, story, "--at", NOW, "--propose", proposal]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "policy": "larch/1",
        "at": "2026-03-03T18:00:00+00:00",
        "facts": {"repeat": False},
        "duties": [
            {
                "id": "call",
                "clause": "1",
                "answers": [],
                "force": "must",
                "must": "Do it.",
                "who": "case_officer",
                "since": "2026-03-02T09:00:00+00:00",
                "due": "2026-03-03T17:00:00+00:00",
                "state": "overdue",
                "met_at": None,
                "started_by": "e1",
                "because": [],
            }
        ],
        "questions": [],
        "options": [],
        "advice": [],
        "refusals": [{"id": "stop", "clause": "1", "answers": [], "refuse": "Not yet.", "override": "none"}],
    }


def test_a_story_may_be_toml_or_come_by_standard_input(
    larch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = tmp_path / "story.toml"
    toml.write_text('[[story]]\nat = 2026-03-02T09:00:00\nentry = "report"\n', encoding="utf-8")
    assert main(["rule", larch, str(toml), "--at", NOW]) == 0
    from_toml = capsys.readouterr().out
    # As some editors save it: with a mark before the first letter, as a file may have it.
    for text in (json.dumps(told({"entry": "report"})), "\ufeff" + json.dumps(told({"entry": "report"}))):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        assert main(["rule", larch, "-", "--at", NOW]) == 0
        assert capsys.readouterr().out == from_toml


def test_the_shipped_landlords_are_known_by_name_and_by_version(capsys: pytest.CaptureFixture[str], story: str) -> None:
    for name in ("connect", "connect/2"):
        assert main(["rule", name, story, "--at", NOW]) == 0
        assert json.loads(capsys.readouterr().out)["policy"] == "connect/2"


@pytest.mark.parametrize(
    ("arguments", "text", "lines"),
    [
        (["conect", "-"], "[]", 1),
        (["connect/9", "-"], "[]", 1),
        (["missing.toml", "-"], "[]", 1),
        (["connect", "missing.json"], "", 1),
        (["connect", "-"], "[{]", 1),
        (["connect", "-"], '[{"entry": "report", "entry": "visit"}]', 1),
        (["connect", "-"], "[" * 100_000, 1),
        (["connect", "-"], '[{"entry": "reprot"}, {"at": "x", "entry": "report"}]', 3),
        (["connect", "-", "--at", "noon"], '[{"entry": "reprot", "at": "2026-03-02T09:00"}]', 2),
        (["connect", "-", "--propose", "{}"], "[]", 1),
        (["connect", "-", "--propose", "{"], "[]", 1),
        (["connect", "-"], '[{"at": "2098-03-02T09:00", "entry": "report", "children": NaN}]', 1),
    ],
)
def test_bad_input_is_one_line_a_fault_exit_2_and_nothing_printed(
    arguments: list[str], text: str, lines: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["rule", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == lines, printed.err


def test_check_says_every_fault_of_a_file(tmp_path: Path, larch: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", larch]) == 0
    bad = tmp_path / "bad.toml"
    bad.write_text("[policy]\n", encoding="utf-8")
    assert main(["check", str(bad)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 6


def test_check_holds_a_file_against_the_requirements_beside_it(
    tmp_path: Path, larch: str, capsys: pytest.CaptureFixture[str]
) -> None:
    requirements = '[[requirement]]\nid = "L-1"\nclause = "1"\nkind = "duty"\nasks = "Call."\n'
    (tmp_path / "requirements.toml").write_text(requirements, encoding="utf-8")
    assert main(["check", larch]) == 1
    assert "No row answers requirement 'L-1'" in capsys.readouterr().err


def test_test_runs_scenarios_and_says_which_fail_and_why(
    tmp_path: Path, larch: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenarios.toml"
    story = 'story = [ { at = "2026-03-02T09:00", entry = "report" } ]\n'
    path.write_text(
        f'policy = "{larch}"\n'
        f'[[case]]\nname = "A report must be answered"\nrow = "call"\nbites = true\nstate = "open"\n{story}'
        f'[[case]]\nname = "It need not"\nrow = "call"\nbites = false\n{story}'
        f'[[journey]]\nname = "Nothing is owed"\n{story}[[journey.then]]\nat = "2026-03-02T10:00"\nduties = []\n',
        encoding="utf-8",
    )
    assert main(["test", str(path)]) == 1
    printed = capsys.readouterr().out
    assert "It need not" in printed
    assert "not wanted: call open, due 2026-03-03T17:00:00+00:00" in printed
    assert printed.endswith("1 passed, 2 failed\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["rule"],
        ["rule", "connect"],
        ["rule", "connect", "-", "--bogus"],
        ["rule", "connect", "-", "--at"],
        ["rule", "x" * 300, "-"],
        ["rule", "connect", "x" * 300],
        ["rule", "connect", "-", "--propose", "null"],
        ["rule", "connect", "-", "--propose", "3"],
        ["check", "--bogus"],
        ["test", "--bogus"],
        ["page"],
    ],
)
def test_words_that_cannot_be_understood_are_one_line_too(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("[]"))
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1), printed.err


def test_the_faults_of_the_proposed_entry_are_told_with_those_of_the_story(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('[{"entry": "reprot", "at": "2026-03-02T09:00"}]'))
    assert main(["rule", "connect", "-", "--propose", '{"entry": "shair", "x": 1}']) == 2
    printed = capsys.readouterr().err.splitlines()
    assert ["reprot" in printed[0], "shair" in printed[1], len(printed)] == [True, True, 2]


@pytest.mark.parametrize("text", ["x = " + "9" * 5000, "x = " + "[" * 5000, "case = 3", "[case]", "policy = 3", "\x00"])
def test_no_file_however_odd_ends_in_a_traceback(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("[]"))
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    for arguments in (["rule", "connect", str(path)], ["rule", str(path), "-"], ["check", str(path)]):
        assert main(arguments) in (1, 2)
        assert str(path) in capsys.readouterr().err
    assert main(["test", str(path)]) == 2


def test_a_landlord_in_a_folder_of_its_own_needs_no_holidays_beside_it(
    tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "landlords" / "larch"
    (folder / "scenarios").mkdir(parents=True)
    head = HEAD.format(version="{version}", since="{since}", nation="wales", more="")
    for version, since in (("1", "2020-01-01"), ("2", "2026-01-01")):
        text = head.format(version=version, since=since) + duty(within='"1 working day"')
        (folder / f"{version}.toml").write_text(text, encoding="utf-8")
    scenario = (
        '[[case]]\nname = "A report is answered"\nrow = "call"\nbites = true\n'
        'story = [ { at = "2026-03-02T09:00", entry = "report" } ]\n'
    )
    (folder / "scenarios" / "all.toml").write_text(scenario, encoding="utf-8")
    # The versions that stand beside a scenario are those it tells of, wherever the folder lies.
    assert main(["test", str(folder / "scenarios" / "all.toml")]) == 0
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path / "landlords"))
    packs.bank_holidays.cache_clear()
    try:
        for arguments in (["check"], ["test"], ["rule", "larch/1", story], ["rule", "larch", story, "--at", NOW]):
            capsys.readouterr()
            assert main(arguments) == 0, capsys.readouterr().err
        assert json.loads(capsys.readouterr().out)["policy"] == "larch/2"
    finally:
        packs.bank_holidays.cache_clear()


def test_a_scenario_that_names_no_policy_and_stands_beside_none_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "alone.toml"
    path.write_text("", encoding="utf-8")
    assert main(["test", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "It does not say which policy it tests." in printed.err


def test_a_command_written_with_a_hyphen_is_the_same(tmp_path: Path) -> None:
    for number, word in enumerate(("make-keys", "make_keys")):
        file = tmp_path / f"key{number}"
        assert main([word, str(file)]) == 0
        assert file.read_text(encoding="utf-8").startswith("fanlight-key:")
