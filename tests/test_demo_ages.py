"""The people of the demo's register are as old as people of a household are."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from fanlight.casework.demo.exports import Export, Somebody

TODAY = date(2026, 3, 31)


def household(years: int | None, children: int) -> Somebody:
    """This function will give the people of a case: one at risk, one who causes harm, and children."""
    others = [
        Somebody("Piotr", "Zelenka"),
        *(Somebody(f"Child {one}", "Novak", holds=False) for one in range(children)),
    ]
    return Somebody("Maria", "Novak", with_=tuple(others), years=years)


def ages(folder: Path, known: list[Somebody], homes: int = 300) -> list[list[tuple[str, int]]]:
    """This function will write an export and read who lives together, each with their role and their age."""
    Export("ages", ["North"], today=TODAY).write(folder, homes, known)
    born = {}
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            day = datetime.strptime(row[5], "%d/%m/%Y").date()  # noqa: DTZ007 - a day, of no zone
            born[row[0]] = TODAY.year - day.year - ((TODAY.month, TODAY.day) < (day.month, day.day))
    together: dict[str, list[tuple[str, int]]] = {}
    with (folder / "residents.csv").open(encoding="utf-8", newline="") as file:
        for person, tenancy, role, *_ in list(csv.reader(file))[1:]:
            together.setdefault(tenancy, []).append((role, born[person]))
    return list(together.values())


def test_children_are_children_of_the_adults_with_whom_they_live(tmp_path: Path) -> None:
    for living in ages(tmp_path, [household(None, number % 4) for number in range(80)]):
        children = [years for role, years in living if role == "Household"]
        adults = [years for role, years in living if role != "Household"]
        assert all(0 <= years < 18 for years in children)
        assert all(years >= 18 for years in adults)
        assert not children or min(adults) - max(children) >= 17
        assert max(adults) - min(adults) <= 10


def test_nobody_in_a_case_is_past_working_age_unless_the_story_says_so(tmp_path: Path) -> None:
    known = [household(None, number % 4) for number in range(80)]
    for living in ages(tmp_path, known, homes=80):
        assert all(18 <= years <= 76 for role, years in living if role != "Household")


@pytest.mark.parametrize("years", [19, 20, 38, 74])
def test_somebody_whose_age_a_story_tells_is_of_that_age(tmp_path: Path, years: int) -> None:
    for living in ages(tmp_path, [household(years, number % 3) for number in range(20)], homes=20):
        assert living[0][1] == years
