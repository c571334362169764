"""The five policies: sound, whole, and shown by their scenarios to bite and not to bite."""

from __future__ import annotations

import pytest

from fanlight import packs
from fanlight.places import policies_folder
from fanlight.policy import Policy, unaccounted
from fanlight.policy.scenarios import Scenarios, SmallCase, read_scenarios

LANDLORDS = ["connect", "housing-plus", "one-vision", "ongo", "tai-calon"]
REQUIREMENTS = {"connect": 48, "housing-plus": 34, "one-vision": 38, "ongo": 27, "tai-calon": 45}


def versions() -> list[Policy]:
    return [policy for landlord in LANDLORDS for policy in packs.succession_for(landlord).versions]


def scenarios_of(landlord: str) -> list[tuple[str, Scenarios]]:
    paths = sorted((policies_folder() / landlord / "scenarios").glob("*.toml"))
    return [(path.name, read_scenarios(packs.read_text(path), path.name)) for path in paths]


def test_the_five_landlords_ship_with_the_product() -> None:
    assert set(LANDLORDS) <= set(packs.landlord_ids())


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_every_requirement_of_a_landlord_is_answered_by_a_row(landlord: str) -> None:
    for path in packs.policy_files(policies_folder() / landlord):
        requirements = packs.requirements_beside(path)
        assert requirements is not None
        assert len(requirements) == REQUIREMENTS[landlord]
        assert unaccounted(packs.read_policy_file(path), requirements, path.name) == []


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_every_scenario_holds(landlord: str) -> None:
    policy = packs.succession_for(landlord)
    named = {version.name: version for version in policy.versions}
    failures = {
        f"{file}: {scenario.name}": failed
        for file, scenarios in scenarios_of(landlord)
        for scenario in scenarios.all
        if (failed := scenario.failures(named[scenarios.policy] if scenarios.policy else policy))
    }
    assert failures == {}


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_every_duty_and_gate_is_shown_to_bite_and_not_to_bite(landlord: str) -> None:
    shown = {
        (case.row, case.bites)
        for _, scenarios in scenarios_of(landlord)
        for case in scenarios.all
        if isinstance(case, SmallCase)
    }
    rows = [row.id for version in packs.succession_for(landlord).versions for row in (*version.duties, *version.gates)]
    assert [(row, bites) for row in rows for bites in (True, False) if (row, bites) not in shown] == []


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_every_landlord_has_two_journeys_or_more(landlord: str) -> None:
    assert sum(len(scenarios.journeys) for _, scenarios in scenarios_of(landlord)) >= 2


def test_scenario_names_are_sentences() -> None:
    names = [scenario.name for landlord in LANDLORDS for _, file in scenarios_of(landlord) for scenario in file.all]
    assert [name for name in names if len(name.split()) < 3 or not name[0].isupper()] == []


def test_row_ids_are_never_the_same_for_two_things_in_one_policy() -> None:
    for policy in versions():
        ids = [row.id for row in policy.rows if row.id]
        assert len(ids) == len(set(ids)), policy.name
