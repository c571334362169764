"""For maintainers: writes `policies/holidays.toml`, each nation's bank holidays, from a library."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

import holidays
from django.core.management.base import BaseCommand

from fanlight import places

# The years that the product can rule on; the engine refuses to guess beyond them.
FIRST_YEAR = 2018
LAST_YEAR = 2030

# Our word for each nation, and the library's.
NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}

HEADING = """\
# Bank holidays, nation by nation: days that are not working days.
# Do not write here: `fanlight make_holidays` makes this file from the `holidays` library,
# and a test compares the two. Days proclaimed later (a coronation, a state funeral) come with
# a newer library; a landlord's own closure days stand in its policy, under `closed`.
"""


def bank_holidays(nation: str, first_year: int, last_year: int) -> list[date]:
    """This function will list a nation's bank holidays, and the days off in their place, in order."""
    years = range(first_year, last_year + 1)
    return sorted(holidays.country_holidays("GB", subdiv=NATIONS[nation], years=years))


def holidays_as_toml(first_year: int, last_year: int) -> str:
    """This function will give the whole text of the holidays file for these years, both included."""
    lines = [HEADING, f"years = [{first_year}, {last_year}]"]
    for nation in NATIONS:
        lines += ["", f"[{nation}]", "dates = ["]
        days = bank_holidays(nation, first_year, last_year)
        for year in range(first_year, last_year + 1):
            of_year = [f"{day.isoformat()}," for day in days if day.year == year]
            lines.append("    " + " ".join(of_year))
        lines.append("]")
    return "\n".join(lines) + "\n"


class Command(BaseCommand):
    """Writes the bank holidays into the policies folder, or to the file that is named."""

    help = "Write the bank holidays of each nation into the policies folder (for maintainers)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will let a maintainer name other years and another file."""
        parser.add_argument("--first-year", type=int, default=FIRST_YEAR)
        parser.add_argument("--last-year", type=int, default=LAST_YEAR)
        parser.add_argument(
            "--to",
            type=Path,
            default=None,
            help="the file to write; default: the policies folder's",
        )

    def handle(self, *, first_year: int, last_year: int, to: Path | None, **_options: object) -> None:
        """This function will write the file and say where it is."""
        file = to or places.policies_folder() / "holidays.toml"
        file.write_text(holidays_as_toml(first_year, last_year), encoding="utf-8")
        self.stdout.write(f"The bank holidays of {first_year} to {last_year} are in {file}.")
