"""The bank holidays that every working day is counted by are those of the library."""

import tomllib
from datetime import date

from fanlight import places
from fanlight.casework.commands.make_holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    NATIONS,
    holidays_as_toml,
)


def written() -> str:
    return (places.policies_folder() / "holidays.toml").read_text(encoding="utf-8")


def test_the_holidays_file_is_what_the_library_says() -> None:
    assert written() == holidays_as_toml(FIRST_YEAR, LAST_YEAR)


def test_the_holidays_file_has_the_dates_of_each_nation_and_nothing_else() -> None:
    holidays = tomllib.loads(written())

    assert holidays.pop("years") == [FIRST_YEAR, LAST_YEAR]
    assert set(holidays) == set(NATIONS)
    for nation in holidays.values():
        assert set(nation) == {"dates"}
        assert nation["dates"] == sorted(set(nation["dates"]))
        assert {day.year for day in nation["dates"]} == set(range(FIRST_YEAR, LAST_YEAR + 1))


def test_days_that_were_proclaimed_once_are_bank_holidays() -> None:
    holidays = tomllib.loads(written())

    state_funeral, coronation = date(2022, 9, 19), date(2023, 5, 8)
    for nation in NATIONS:
        assert state_funeral in holidays[nation]["dates"]
        assert coronation in holidays[nation]["dates"]


def test_easter_monday_is_a_bank_holiday_in_england_and_not_in_scotland() -> None:
    holidays = tomllib.loads(written())

    easter_monday = date(2022, 4, 18)
    assert easter_monday in holidays["england"]["dates"]
    assert easter_monday not in holidays["scotland"]["dates"]


def test_a_bank_holiday_at_the_weekend_brings_a_day_off_in_its_place() -> None:
    holidays = tomllib.loads(written())

    assert date(2022, 12, 27) in holidays["wales"]["dates"]
