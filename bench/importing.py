"""Imports the register of a landlord into an empty database, and the same files once more: `python -m bench.importing HOMES`.

It works on the database of DATABASE_URL, and prints as JSON how long both took and how much memory the process had.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
django.setup()

from fanlight.casework.actions.import_register import import_register
from fanlight.casework.commands.load_landlords import load_landlord
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.demo.exports import make_export
from fanlight.casework.demo.load import make_staff
from fanlight.casework.housing_system import Fault, default_mapping
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.present import present

LANDLORD = "connect"
BY = "huw"


def main() -> int:
    """This function will measure, and print what came of it."""
    migrate_quietly()
    load_landlord(LANDLORD)
    by = make_staff(LANDLORD, "")[BY]
    with TemporaryDirectory() as name:
        folder = Path(name)
        today = present().date()
        export = make_export(folder, int(sys.argv[1]), patches=settings_of(LANDLORD).patches, today=today)
        first, processor = _once(folder, by)
        again, processor_again = _once(folder, by)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {
        "homes": export.homes,
        "people": export.people,
        "tenancies": export.tenancies,
        "seconds": first,
        "processor": processor,
        "seconds again": again,
        "processor again": processor_again,
        "megabytes": most,
    }
    print(json.dumps(said))
    return 0


def _once(folder: Path, by: Staff) -> tuple[float, float]:
    began, processor = perf_counter(), process_time()
    import_register(
        landlord_id=LANDLORD,
        paths=[folder],
        mapping=default_mapping(),
        say=_fail,
        progress=lambda *_: None,
        by=by,
        now=present(),
    )
    return perf_counter() - began, process_time() - processor


def _fail(fault: Fault) -> None:
    raise SystemExit(str(fault))


if __name__ == "__main__":
    sys.exit(main())
