"""Imports the register of a landlord from what its housing system exports: `fanlight import_register FOLDER --landlord ID --by EMAIL`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from fanlight.casework.access import Refused
from fanlight.casework.actions.finish_import import finish_import
from fanlight.casework.actions.import_register import Imported, faults_of, import_register
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.housing_system import Fault, Mapping, MappingFaults, default_mapping, read_mapping
from fanlight.casework.housing_system.mapping import default_text
from fanlight.casework.models import Landlord, Staff
from fanlight.present import present

KINDS = {
    "people": "people",
    "homes": "homes",
    "patches": "homes in a patch",
    "tenancies": "tenancies",
    "residents": "residents",
}


class Command(BaseCommand):
    """`fanlight import_register FOLDER --landlord connect --mapping housing.toml --by huw@connect.example [--dry-run]`."""

    help = "Import people, homes, tenancies and who lives where, from CSV files of the housing system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="FOLDER|FILE", help="all that is exported, or some of it"
        )
        parser.add_argument("--landlord", metavar="ID", help="whose register it is")
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE", help="which column means what; ours, unless it is named"
        )
        parser.add_argument("--by", metavar="E-MAIL", help="who imports it: it is theirs in the log")
        parser.add_argument("--dry-run", action="store_true", help="say every fault, and write nothing")
        parser.add_argument("--skip-faulty", action="store_true", help="leave out the lines that have a fault")
        parser.add_argument("--fewer", action="store_true", help="end many tenancies at once: the export is whole")
        parser.add_argument(
            "--show-mapping", action="store_true", help="print the mapping that holds unless one is named"
        )

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        """This function will import, or say what stands against it. It raises CommandError."""
        if options["show_mapping"]:
            self.stdout.write(default_text(), ending="")
            return
        for needed in ("landlord", "by"):
            if not options[needed]:
                raise CommandError(f"Say --{needed}.")
        if not paths:
            raise CommandError("Name the folder with the files, or the files.")
        mapping = self._mapping(options["mapping"])
        landlord, staff = self._who(options["landlord"], options["by"])
        bars = _Bars()
        asked = {
            "landlord_id": landlord,
            "paths": paths,
            "mapping": mapping,
            "fewer": options["fewer"],
            "say": self._say(bars),
            "progress": bars.show,
            "by": staff,
            "now": present(),
        }
        try:
            if options["dry_run"]:
                self._say_faults(faults_of(**asked))
            else:
                imported = import_register(**asked, skip_faulty=options["skip_faulty"])
                finish_import(imported=imported, by=staff, now=present())
                self._say_done(imported)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        except Faulty as faulty:
            raise CommandError(str(faulty)) from None
        finally:
            bars.close()

    def _mapping(self, file: Path | None) -> Mapping:
        if file is None:
            return default_mapping()
        try:
            return read_mapping(file.read_text(encoding="utf-8"), file.name)
        except OSError as error:
            raise CommandError(f"{file.name} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError:
            raise CommandError(f"{file.name} is not UTF-8: save it as that.") from None
        except MappingFaults as faults:
            raise CommandError(f"The mapping cannot be used.\n{faults}") from None

    def _who(self, landlord: str, email: str) -> tuple[str, Staff]:
        staff = Staff.objects.with_email(email)
        if staff is None or not staff.is_active:
            raise CommandError(f"Nobody who works here has the address {email}.")
        if not Landlord.objects.filter(pk=landlord).exists():
            raise CommandError(f"There is no landlord {landlord} here: run `fanlight load_landlords` first.")
        return landlord, staff

    def _say(self, bars: "_Bars") -> Any:
        def say(fault: Fault) -> None:
            bars.close()
            self.stdout.write(str(fault))

        return say

    def _say_faults(self, found: Imported) -> None:
        checked = found.checked
        for kind, lines in checked.lines.items():
            faulty = len(checked.faulty[kind])
            self.stdout.write(f"{KINDS[kind].capitalize()}: {lines:,} lines, {faulty:,} with a fault.")
        self._say_formulas(found)
        if not checked.is_whole:
            raise CommandError("There are faults. Nothing was written: this was a dry run.")
        self.stdout.write("There are no faults. Nothing was written: this was a dry run.")

    def _say_done(self, done: Imported) -> None:
        for kind, counts in done.counts.items():
            said = [f"{counts.new:,} new", f"{counts.changed:,} changed", f"{counts.same:,} as they were"]
            said += [f"{counts.ended:,} ended"] if kind in ("tenancies", "residents") else []
            said += [f"{counts.left_alone:,} left alone"] if counts.left_alone else []
            self.stdout.write(f"{KINDS[kind].capitalize()}: {', '.join(said)}.")
        left_out = {kind: sorted(lines) for kind, lines in done.checked.faulty.items() if lines}
        for kind, lines in left_out.items():
            named = ", ".join(str(line) for line in lines[:20]) + (", …" if len(lines) > 20 else "")
            self.stdout.write(f"Left out of {KINDS[kind]}: {len(lines):,} lines with a fault ({named}).")
        for kind in done.not_ended:
            self.stdout.write(
                f"Nothing of the {KINDS[kind]} was ended: of the lines left out nobody can say whether they are missing."
            )
        self._say_formulas(done)

    def _say_formulas(self, found: Imported) -> None:
        if found.checked.formulas:
            self.stdout.write(
                f"{found.checked.formulas:,} lines hold what a spreadsheet would take for a formula: it is text here, as it stands."
            )


class _Bars:
    """A bar for each file that is read, and for each that is written, where somebody looks."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._of = ("", "")

    def show(self, doing: str, name: str, done: int, of: int) -> None:
        """This function will show how far it is."""
        if self._of != (doing, name):
            self.close()
            self._of = doing, name
            unit = "B" if doing == "Reading" else " lines"
            self._bar = tqdm(
                total=of,
                desc=f"{doing} {name}",
                unit=unit,
                unit_scale=doing == "Reading",
                disable=not sys.stderr.isatty(),
            )
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """This function will end the bar."""
        if self._bar is not None:
            self._bar.close()
        self._bar, self._of = None, ("", "")
