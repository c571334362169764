"""kill -9 in the middle of writes: no acknowledged entry is lost, none is written twice, and the lists agree with the record."""

import random
import subprocess
import time
from pathlib import Path

from tests import postgres
from tests.faults.installation import Installation, assert_nothing_is_lost

WRITERS = 4


def test_writers_killed_at_random_moments_lose_nothing_and_write_nothing_twice_on_sqlite(
    on_sqlite: Installation, tmp_path: Path
) -> None:
    killed = on_sqlite.inside("write", tmp_path, WRITERS, 4)["killed"]
    assert killed >= 5
    assert entries_after_all(on_sqlite, tmp_path) > killed


def test_a_postgresql_server_killed_under_load_loses_nothing_and_writes_nothing_twice(
    durable: postgres.Server, on_postgresql: Installation, tmp_path: Path
) -> None:
    writing = on_postgresql.started("write", tmp_path, WRITERS, 120)
    for kill in (durable.kill_a_backend, durable.kill_a_backend, durable.kill, durable.kill):
        # One backend killed: the server throws the others out, and recovers by itself. All of it killed at once is as
        # when the machine's power fails, but for the disk's own memory.
        wait_for_more(tmp_path, writing)
        kill()
        if kill == durable.kill:
            durable.start()
    wait_for_more(tmp_path, writing)
    (tmp_path / "enough").touch()
    _, wrong = writing.communicate(timeout=60)
    assert writing.returncode == 0, wrong
    assert entries_after_all(on_postgresql, tmp_path) >= 50


def wait_for_more(folder: Path, writing: "subprocess.Popen[str]") -> None:
    """This function will wait until some more is known to be on the record, and then a little, so that a write is under way."""
    before = known_in(folder)
    while len(known_in(folder)) < len(before) + 10:
        assert writing.poll() is None, writing.communicate()[1]
        time.sleep(0.02)
    time.sleep(random.uniform(0, 0.2))


def known_in(folder: Path) -> set[str]:
    """This function will give what is known to be on the record."""
    file = folder / "known"
    return set(file.read_text().splitlines() if file.exists() else ())


def entries_after_all(here: Installation, folder: Path) -> int:
    """This function will fail unless everything that was meant is on the record once, and give how much that is."""
    known = known_in(folder)
    meant = [line.split()[0] for line in (folder / "meant").read_text().splitlines()]
    assert known == set(meant), "what was left half done was not taken up"
    entries = assert_nothing_is_lost(here.inside("look"), sorted(known))
    assert entries == len(meant)
    return entries
