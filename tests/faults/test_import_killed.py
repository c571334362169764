"""kill -9 in the middle of an import: what was written stays whole, and the same files again give what one run would have given."""

import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from fanlight.casework.demo.exports import make_export
from fanlight.casework.landlords import settings_of
from tests.faults.installation import ROOT, Installation

HOMES = 700
FANLIGHT = "import sys; from fanlight.command_line import main; sys.exit(main())"
BY = ("--landlord", "connect", "--by", "huw@connect.example")


def test_an_import_that_is_killed_goes_on_where_it_was_on_sqlite(on_sqlite: Installation, tmp_path: Path) -> None:
    killed_and_run_again(on_sqlite, tmp_path)


def test_an_import_that_is_killed_goes_on_where_it_was_on_postgresql(
    on_postgresql: Installation, tmp_path: Path
) -> None:
    killed_and_run_again(on_postgresql, tmp_path)


def killed_and_run_again(here: Installation, tmp_path: Path) -> None:
    """This function will kill an import among the people, one among the residents, and let the third end."""
    folder = tmp_path / "export"
    folder.mkdir()
    export = make_export(folder, HOMES, seed="killed", patches=settings_of("connect").patches, today=date(2026, 3, 1))
    killed(here, folder, "person")
    cut = here.inside("register")
    assert cut["resident"] < export.people, "it was killed before it was done"
    assert cut["finished"] == 0
    killed(here, folder, "resident")
    finished = here.inside("register")["finished"]
    ended = here.command("import_register", folder, *BY)
    assert ended.returncode == 0, ended.stderr
    counts = here.inside("register")
    assert {name: counts[name] for name in ("person", "home", "tenancy", "resident")} == {
        "person": export.people,
        "home": export.homes,
        "tenancy": export.tenancies,
        "resident": export.people,
    }
    assert counts["without fingerprints"] == 0
    assert counts["unreadable"] == 0
    assert counts["imports"] == 3, "each run has its row in the log, also one that was killed"
    assert counts["finished"] == finished + 1, "what came of it is said by the one that ended"
    again = here.command("import_register", folder, *BY)
    assert "0 new, 0 changed" in again.stdout
    assert here.inside("register")["foundby"] == counts["foundby"]


def killed(here: Installation, folder: Path, table: str) -> None:
    """This function will kill an import once there are rows of a table."""
    importing = subprocess.Popen(
        [sys.executable, "-c", FANLIGHT, "import_register", str(folder), *BY],
        cwd=ROOT,
        env=here.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        while not here.inside("register")[table]:
            assert importing.poll() is None, importing.communicate()[1]
            time.sleep(0.05)
    finally:
        importing.send_signal(signal.SIGKILL)
        importing.communicate()
