"""Takes services of Open Referral UK (HSDS) JSON into a landlord's directory."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fanlight.casework.access import Refused
from fanlight.casework.actions.import_directory import import_directory
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.commands.give_code import somebody
from fanlight.present import present

LARGEST = 20_000_000


class Command(BaseCommand):
    """`fanlight import_directory services.json --by carys@connect.example`."""

    help = "Take services of Open Referral UK JSON into the directory of whoever imports them."

    def add_arguments(self, parser: CommandParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="who imports it: somebody with directory:keep")

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will import the file. It raises CommandError with what is wrong."""
        try:
            found = import_directory(said=_read(options["file"]), by=somebody(options["by"]), now=present())
        except Faulty as faulty:
            raise CommandError(str(faulty)) from faulty
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"Taken: {len(found.services)} services.")
        for remark in found.remarks:
            self.stdout.write(remark)


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file.name} is larger than {LARGEST // 1_000_000} megabytes.")
        said: object = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{file.name} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{file.name} is not JSON.") from error
    return said
