"""What a landlord sets for itself: read once, and refused with a sentence where it cannot be used."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fanlight.casework import rulings
from fanlight.casework.landlords import KINDS_KEPT, LandlordFault, landlord_folders, reading, settings_of

SOUND = """
name = "Glan yr Afon Homes"
reference_prefix = "GA"
[areas]
Gwynedd = ["Bangor", "Dolgellau"]
[roles.officer]
scope = "team"
permissions = ["case:see", "case:write", "report:triage"]
records = ["contact"]
[triage]
escalates_to = ["officer"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This function will give the folder of a landlord of its own, which is forgotten afterwards."""
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path))
    rulings.forget()
    landlord = tmp_path / "glan-yr-afon"
    landlord.mkdir()
    yield landlord
    rulings.forget()


def test_a_sixth_landlord_writes_a_file_and_no_code(folder: Path) -> None:
    (folder / "landlord.toml").write_text(SOUND)
    (folder / "directory.toml").write_text(
        '[[service]]\nid = "lloches"\nname = "Lloches"\nkinds = ["refuge"]\nareas = ["Gwynedd"]\n'
    )
    landlord = settings_of("glan-yr-afon")
    assert list(landlord_folders()) == ["glan-yr-afon"]
    assert (landlord.patches, landlord.area_of("Dolgellau")) == (("Bangor", "Dolgellau"), "Gwynedd")
    assert (landlord.triage_escalates_after, landlord.look_again_after) == (timedelta(hours=2), timedelta(weeks=4))
    assert landlord.words["person_at_risk"] == "person at risk"
    assert [service.name for service in landlord.services_of("refuge", "Gwynedd")] == ["Lloches"]
    assert landlord.services_of("refuge", "Powys") == ()
    assert landlord.roles["officer"].may_record("contact")
    assert not landlord.roles["officer"].may_record("move")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("name = 3", "glan-yr-afon/landlord.toml: it has no name."),
        ("name = [", "glan-yr-afon/landlord.toml is not TOML"),
        (SOUND.replace('"GA"', '"ga1"'), "reference_prefix must be one to six capital letters"),
        (SOUND.replace('"team"', '"region"'), "roles.officer: scope is 'region'; it must be own, team or landlord"),
        (SOUND.replace('["contact"]', '"contact"'), "roles.officer, records: it must be a list of words"),
        (SOUND + '[periods]\nlook_again_after = "soon"', "'soon' is not a period; write for example 2 hours"),
        (SOUND.replace('["officer"]', '["director"]'), "triage escalates to director, which is not one of its roles"),
        (SOUND.replace(', "report:triage"', ""), "triage escalates to officer, which does not have report:triage"),
        (
            SOUND + 'when_the_lead_is_named = ["director"]',
            "when_the_lead_is_named says director, which is not one of its",
        ),
        (SOUND + 'when_the_lead_is_named = ["officer"]', "says officer, to which triage escalates already"),
        (
            SOUND + 'when_the_lead_is_named = ["night"]\n[roles.night]\npermissions = ["case:see"]',
            "one must have case:see, and one colleague_case:see",
        ),
        (
            SOUND + '[retention]\nordinry = "6 years"',
            "retention: ordinry is not a kind of case; did you mean ordinary?",
        ),
        (SOUND + '[retention]\nfiles = "6 years"', "it must be one of ordinary, with_children, colleague"),
        (SOUND + '[retention]\nordinary = "for ever"', "'for ever' is not a length of time; write for example 6 years"),
        (SOUND + "[retention]\nordinary = 6", "retention, ordinary: 6 is not a length of time"),
        (SOUND + '[retention]\njoined = "0 days"', "'0 days' is not a length of time"),
        (SOUND + '[retention]\njoined = "101 years"', "101 years is longer than 100 years"),
        (SOUND + '[retention]\njoined = "9999 years"', "9999 years is longer than 100 years"),
        (SOUND + '[retention]\nwith_children = "5 years"', "with children in it is kept no shorter than an ordinary"),
        ("retention = 6\n" + SOUND, "retention: it must be a table, .retention., with lines such as"),
        (SOUND.replace('["case:see"', '["staff:administer", "case:see"'), "manages accounts may not see cases"),
        (SOUND + '[roles.night]\npermissions = ["emergency:use"]', "without case:see may not have emergency:use"),
        (SOUND + '[perods]\nlook_again_after = "1 week"', "perods is not a word here; did you mean periods?"),
        (SOUND.replace("records", "recrods"), "roles, officer: recrods is not a word here; did you mean records?"),
        (SOUND.replace('["Bangor", "Dolgellau"]', '"Bangor"'), "areas, Gwynedd: it must be a list of words"),
        ("roles = 3\n" + SOUND.split("[roles", maxsplit=1)[0], "roles: it must be a table"),
        ("x = " + "[" * 5000, "nested too deeply"),
        ("x = " + "9" * 5000, "is not TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_what_is_wrong_and_where(
    folder: Path, wrong: str, sentence: str
) -> None:
    (folder / "landlord.toml").write_text(wrong)
    with pytest.raises(LandlordFault, match=sentence.replace("(", r"\(")):
        settings_of("glan-yr-afon")


def test_everything_that_is_wrong_with_the_shape_of_a_file_is_told_at_once(folder: Path) -> None:
    (folder / "landlord.toml").write_text(SOUND.replace("records", "recrods").replace("escalates_to", "escalate_to"))
    with pytest.raises(LandlordFault) as found:
        settings_of("glan-yr-afon")
    assert len(str(found.value).splitlines()) == 2
    (folder / "landlord.toml").write_text(SOUND)
    (folder / "directory.toml").write_text('[[service]]\nid = "a"\nname = "A"\nkind = ["refuge"]\nareas = "Gwynedd"\n')
    with pytest.raises(LandlordFault) as found:
        settings_of("glan-yr-afon")
    assert "service 1: kind is not a word here; did you mean kinds?" in str(found.value)
    assert "service 1, areas: it must be a list of words" in str(found.value)


ODD: tuple[object, ...] = (
    3,
    2.5,
    True,
    "",
    "odd",
    [],
    [3],
    [[]],
    {},
    {"odd": 3},
    {"odd": {"odd": []}},
    date(2026, 1, 1),
)


def test_no_landlords_file_however_odd_is_answered_by_anything_but_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every table and value of the shipped landlords' files is put in the place of an odd one, one after another."""
    monkeypatch.undo()
    whole: dict[str, Any] = {}
    for shipped in landlord_folders().values():
        whole |= tomllib.loads((shipped / "landlord.toml").read_text(encoding="utf-8"))
    whole["single_sign_on"] = {
        "tenant": "t",
        "app_roles": {"A": "case_officer", "B": {"role": "case_officer", "patches": []}},
    }

    def spoilt(said: Any) -> Iterator[Any]:
        yield from ODD
        if isinstance(said, dict):
            for name, inner in list(said.items())[:6]:
                yield from ({**said, name: odd} for odd in spoilt(inner))
            yield {**said, "odd": 3}

    tried = 0
    for name, inner in whole.items():
        for odd in spoilt(inner):
            monkeypatch.setattr(reading, "read_toml", lambda *_, said={**whole, name: odd}: said)
            with suppress(LandlordFault):
                reading._read("odd", Path("landlord.toml"), Path("no-directory.toml"))
            tried += 1
    assert tried > 300


def test_how_long_cases_are_kept_is_the_landlords_to_say_and_ours_where_it_says_nothing(folder: Path) -> None:
    (folder / "landlord.toml").write_text(SOUND + '[retention]\nordinary = "18 months"\njoined = "90 days"\n')
    found = settings_of("glan-yr-afon").retention
    assert {kind: str(length) for kind, length in found.items()} == {
        "ordinary": "18 months",
        "with_children": "25 years",
        "colleague": "6 years",
        "not_domestic_abuse": "1 year",
        "joined": "90 days",
    }
    assert found["ordinary"].after(date(2026, 8, 31)) == date(2028, 2, 29)
    assert found["ordinary"].before(date(2026, 8, 31)) == date(2025, 2, 28)
    assert found["joined"].after(date(2026, 12, 31)) == date(2027, 3, 31)


def test_every_landlord_that_ships_says_how_long_every_kind_of_case_is_kept_and_whose_figure_it_is() -> None:
    for landlord_id, folder in landlord_folders().items():
        text = (folder / "landlord.toml").read_text(encoding="utf-8")
        assert all(f"\n{kind} = " in text for kind in KINDS_KEPT), landlord_id
        assert "our own defaults: have your data protection officer check them" in text


def test_at_every_landlord_one_role_can_let_a_case_go_and_another_dispose_of_it() -> None:
    for landlord_id in landlord_folders():
        landlord = settings_of(landlord_id)
        reviewers, disposers = landlord.roles_with("dispose:review"), landlord.roles_with("dispose:carry_out")
        assert set(reviewers) - set(disposers), landlord_id
        assert disposers
        assert set(reviewers) | set(disposers) <= set(landlord.roles_with("retention:see"))


def test_a_landlord_without_settings_is_refused(folder: Path) -> None:
    with pytest.raises(LandlordFault, match="cannot be read"):
        settings_of("glan-yr-afon")


def test_every_fault_of_who_speaks_at_the_marac_is_said_at_once(folder: Path) -> None:
    marac = """
[marac]
returns_before = "soon"
[marac.seats.Powys]
roles = ["officer", "director"]
[marac.seats.Gwynedd]
clause = "7"
"""
    (folder / "landlord.toml").write_text(SOUND + marac)
    with pytest.raises(LandlordFault) as fault:
        settings_of("glan-yr-afon")
    for sentence in (
        "marac, seats, Powys: Powys is not one of the landlord's areas.",
        "marac, seats, Powys: officer does not have marac:see, and would not find the meeting.",
        "marac, seats, Powys: director is not one of the landlord's roles.",
        "marac, seats, Gwynedd: say who goes, in roles or also; where the document names nobody, leave the area out.",
        "marac, returns_before: 'soon' is not a length of time",
    ):
        assert sentence in str(fault.value)


def test_a_landlord_that_says_nothing_of_the_marac_names_nobody(folder: Path) -> None:
    (folder / "landlord.toml").write_text(SOUND)
    marac = settings_of("glan-yr-afon").marac
    assert (dict(marac.seats), str(marac.returns_before), str(marac.minutes_kept_for)) == ({}, "3 days", "2 years")
