"""kill -9 in the middle of writes: no acknowledged entry is lost, none is written twice, and the lists agree with the record."""

import random
import time
from pathlib import Path

from tests import postgres
from tests.faults.installation import Installation, assert_nothing_is_lost

WRITERS = 4


def test_writers_killed_at_random_moments_lose_nothing_and_write_nothing_twice_on_sqlite(
    on_sqlite: Installation, tmp_path: Path
) -> None:
    killed = on_sqlite.inside("write", tmp_path, WRITERS, 4)["killed"]
    assert killed >= 10
    assert entries_after_all(on_sqlite, tmp_path) > killed


def test_a_postgresql_server_killed_under_load_loses_nothing_and_writes_nothing_twice(
    durable: postgres.Server, on_postgresql: Installation, tmp_path: Path
) -> None:
    writing = on_postgresql.started("write", tmp_path, WRITERS, 7)
    time.sleep(2)
    for _ in range(2):
        # One backend killed: the server throws the others out, and recovers by itself.
        durable.kill_a_backend()
        time.sleep(random.uniform(0.6, 1))
    for _ in range(2):
        # All of it at once, as when the machine's power fails, but for the disk's own memory.
        durable.kill()
        durable.start()
        time.sleep(random.uniform(0.6, 1))
    _, wrong = writing.communicate(timeout=60)
    assert writing.returncode == 0, wrong
    assert entries_after_all(on_postgresql, tmp_path) > WRITERS


def entries_after_all(here: Installation, folder: Path) -> int:
    """This function will fail unless everything that was meant is on the record once, and give how much that is."""
    known = (folder / "known").read_text().splitlines()
    meant = [line.split()[0] for line in (folder / "meant").read_text().splitlines()]
    assert set(known) == set(meant), "what was left half done was not taken up"
    entries = assert_nothing_is_lost(here.inside("look"), known)
    assert entries == len(meant)
    return entries
