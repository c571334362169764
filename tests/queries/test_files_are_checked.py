"""`fanlight check` reads the files beside the policies: every fault at once, with the file, the row and how to mend it."""

from pathlib import Path

import pytest

from fanlight import places
from fanlight.casework import referring
from fanlight.casework.referring import ReferralFault, file_faults, purposes_of, read_purposes
from fanlight.casework.sharing import SharingFault, read_laws
from fanlight.command_line import main

FORM = '[fields]\nperson = { ask = "Who it is about", from = "person_at_risk" }\n'
OTHER = '[[purpose]]\nid = "other"\nto = ""\ntitle = "Another"\nfields = ["person"]\n'
MALFORMED = (
    "",
    "purpose = 3",
    "fields = []\npurpose = []",
    "[fields]\nperson = 3\n" + OTHER,
    "[fields]\nperson = { ask = [], from = [] }\n" + OTHER,
    '[fields]\nperson = { ask = "Who?", from = ["a"] }\n' + OTHER,
    'purpose = [1, "two", []]\n' + FORM,
    FORM + OTHER.replace('"person"', '"person", { a = 1 }, ["b"]'),
    FORM + OTHER + '[[purpose]]\nid = ["a"]\nto = {}\ntitle = 1\nfields = "person"\npermission = ["child"]\n',
    FORM + OTHER + "[[purpose]]\n",
    FORM + OTHER.replace('id = "other"', 'id = "Oth er/"'),
    "[fields",
    "\x00",
)


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_file_of_referrals_is_told_and_breaks_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "referrals.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReferralFault) as found:
        read_purposes(file)
    assert found.value.faults
    assert all(where.startswith(f"{tmp_path.name}/referrals.toml") and says for where, says, _ in found.value.faults)


def test_every_fault_of_it_says_its_row_and_how_it_is_mended(tmp_path: Path) -> None:
    file = tmp_path / "referrals.toml"
    file.write_text(
        f'{FORM}{OTHER}titel = "A"\n[[purpose]]\nid = "idva"\nto = "idva"\ntitle = "An IDVA"\nfields = ["persen"]\n'
    )
    with pytest.raises(ReferralFault) as found:
        read_purposes(file)
    where = f"{tmp_path.name}/referrals.toml, purpose"
    assert found.value.faults == (
        (f"{where} 1", "titel is not a word here.", "Did you mean 'title'?"),
        (f"{where} 2", "persen is not one of [fields].", "Did you mean 'person'?"),
    )


def test_a_kind_of_service_that_there_is_not_is_told_with_the_one_that_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("connect", "for-all"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "referrals.toml").write_text(FORM + OTHER.replace('to = ""', 'to = "polise"'))
    files = {"connect": tmp_path / "connect" / "referrals.toml"}
    shared = tmp_path / "for-all" / "referrals.toml"
    monkeypatch.setattr(referring, "referrals_file", lambda landlord: files.get(landlord, shared))
    ((where, says, mend),) = file_faults(["connect", "ongo"], lambda _: ["police", "idva"])
    assert (where, mend) == ("connect/referrals.toml, purpose 1", "Did you mean 'police'?")
    assert says == "to is 'polise', which is no kind of service."


def test_check_says_what_is_wrong_with_a_landlords_own_referrals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = places.policies_folder()
    for name in ("holidays.toml", "referrals.toml"):
        (tmp_path / name).write_text((shipped / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "connect").mkdir()
    for file in ("2.toml", "landlord.toml", "directory.toml", "requirements.toml"):
        (tmp_path / "connect" / file).write_text((shipped / "connect" / file).read_text("utf-8"), encoding="utf-8")
    monkeypatch.setenv(places.VARIABLE, str(tmp_path))
    assert main(["check"]) == 0
    (tmp_path / "connect" / "referrals.toml").write_text(FORM + '[[purpose]]\nid = "a"\n')
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    for words in (
        "connect/referrals.toml, purpose 1: It has no title.",
        "Its form asks nothing.",
        'with the id "other"',
    ):
        assert words in said
    purposes_of.cache_clear()


@pytest.mark.parametrize(
    "text",
    ["", "law = 3", "law = [1]", "[[law]]", "[[law]]\nground = [3]\npurposes = []\n", "[[law]]\nground = 3\n", "[law"],
)
def test_a_malformed_file_of_the_law_of_sharing_is_told_and_breaks_nothing(text: str) -> None:
    with pytest.raises(SharingFault) as found:
        read_laws(text)
    assert all(line.startswith("sharing.toml") for line in str(found.value).splitlines())
