"""What a landlord sets for itself: read once, and refused with a sentence where it cannot be used."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fanlight.casework import rulings
from fanlight.casework.landlords import LandlordFault, landlord_folders, settings_of

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
        (SOUND.replace('["case:see"', '["staff:administer", "case:see"'), "manages accounts may not see cases"),
        (SOUND + '[roles.night]\npermissions = ["emergency:use"]', "without case:see may not have emergency:use"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_what_is_wrong_and_where(
    folder: Path, wrong: str, sentence: str
) -> None:
    (folder / "landlord.toml").write_text(wrong)
    with pytest.raises(LandlordFault, match=sentence.replace("(", r"\(")):
        settings_of("glan-yr-afon")


def test_a_landlord_without_settings_is_refused(folder: Path) -> None:
    with pytest.raises(LandlordFault, match="cannot be read"):
        settings_of("glan-yr-afon")
