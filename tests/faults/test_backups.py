"""Backups: sealed, read back, restored whole or not at all; and a key store that does not bring back what was destroyed."""

import os
import re
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import postgres
from tests.faults.conftest import new_database
from tests.faults.disks import small_disk
from tests.faults.installation import Installation, assert_nothing_is_lost

NOTES = ["She keeps a bag packed at her sister's.", "Rwy'n ofni mynd adref."]


@pytest.fixture(params=["sqlite", "postgresql"])
def here(request: pytest.FixtureRequest) -> Installation:
    """This function will give an installation with two visits on the record of its first case, on either database."""
    found: Installation = request.getfixturevalue(f"on_{request.param}")
    found.inside("record", found.references[0], *NOTES)
    return found


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, here: Installation, tmp_path: Path) -> Installation:
    """This function will give an installation with nothing in it, on the same kind of database, with the same master key."""
    url = ""
    if "DATABASE_URL" in here.environment:
        durable: postgres.Server = request.getfixturevalue("durable")
        new_name: Callable[[], str] = request.getfixturevalue("new_name")
        name = new_name()
        new_database(durable, name, "template0")
        url = durable.url_of(name)
    home = tmp_path / "elsewhere"
    home.mkdir()
    return Installation(home, url, FANLIGHT_MASTER_KEY=here.environment["FANLIGHT_MASTER_KEY"])


def done(here: Installation, *words: object) -> str:
    """This function will run a command that must end well, and give what it printed."""
    ran = here.command(*words)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refused(here: Installation, *words: object, limit: int = 0) -> str:
    """This function will run a command that must be refused, and give its one sentence."""
    ran = here.command(*words, limit=limit)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stderr


def test_a_backup_is_restored_whole_into_an_empty_installation(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    record, keys = tmp_path / "record.sealed", tmp_path / "keys.sealed"
    assert "sealed, read back and whole" in done(here, "backup", record)
    assert "destroy it within 35 days" in done(here, "backup", "--keys", keys)
    before = here.inside("look")

    assert "restore it first" in refused(elsewhere, "restore", record)
    assert "Now the record" in done(elsewhere, "restore", "--keys", keys)
    assert "fanlight verify" in done(elsewhere, "restore", record)

    after = elsewhere.inside("look")
    assert after["cases"] == before["cases"]
    assert assert_nothing_is_lost(after, NOTES) == len(NOTES)
    assert before["lines"] == {"back_up": 2}
    # What was copied has the line of neither: each was written when the copy was whole.
    assert after["lines"] == {"restore": 1}
    assert after["sessions"] == 0
    assert "not empty, and is left alone" in refused(elsewhere, "restore", record)
    assert "not empty, and is left alone" in refused(elsewhere, "restore", "--keys", keys)


def test_a_backup_says_nothing_to_whoever_finds_it_and_is_the_owners_alone(here: Installation, tmp_path: Path) -> None:
    file = tmp_path / "record.sealed"
    done(here, "backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    held = file.read_bytes()
    for word in (
        b"connect.example",
        b"safeguarding_contact",
        b"Kirklees North",
        b"bag packed",
        b"SQLite format",
        b"PGDMP",
    ):
        assert word not in held, word
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_backup_never_takes_the_place_of_another_file(here: Installation, tmp_path: Path) -> None:
    file = tmp_path / "record.sealed"
    file.write_text("the last good backup")
    assert "is there already" in refused(here, "backup", file)
    assert file.read_text() == "the last good backup"
    assert "is no folder" in refused(here, "backup", tmp_path / "nowhere" / "record.sealed")


@pytest.mark.parametrize("fault", ["cut", "cut at its head", "changed", "changed at its head", "longer", "no backup"])
def test_a_file_that_is_not_as_it_was_written_is_refused_in_a_sentence(
    fault: str, on_sqlite: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "record.sealed"
    done(on_sqlite, "backup", file)
    held = bytearray(file.read_bytes())
    if fault.startswith("cut"):
        held = held[:40] if "head" in fault else held[:-100]
    elif fault == "changed":
        held[len(held) // 2] ^= 1
    elif fault == "changed at its head":
        held[held.index(b'"made_at"') + 14] ^= 1
    elif fault == "longer":
        held += b"more"
    else:
        held = bytearray(b"minutes of the meeting")
    file.write_bytes(bytes(held))
    (on_sqlite.home / "fanlight.sqlite3").rename(on_sqlite.home / "old.sqlite3")
    for left in ("-wal", "-shm"):
        (on_sqlite.home / f"fanlight.sqlite3{left}").unlink(missing_ok=True)
    said = refused(on_sqlite, "restore", file)
    assert re.search(r"cut|changed|not a file that Fanlight sealed|no backup", said), said
    assert (
        not (on_sqlite.home / "fanlight.sqlite3").exists() or (on_sqlite.home / "fanlight.sqlite3").stat().st_size == 0
    )


def test_a_backup_of_another_kind_of_database_or_of_the_key_store_is_refused(
    on_sqlite: Installation, durable: postgres.Server, new_name: Callable[[], str], tmp_path: Path
) -> None:
    record, keys = tmp_path / "record.sealed", tmp_path / "keys.sealed"
    done(on_sqlite, "backup", record)
    done(on_sqlite, "backup", "--keys", keys)
    name = new_name()
    new_database(durable, name, "template0")
    (tmp_path / "other").mkdir()
    key = on_sqlite.environment["FANLIGHT_MASTER_KEY"]
    other = Installation(tmp_path / "other", durable.url_of(name), FANLIGHT_MASTER_KEY=key)
    assert "on SQLite, and this one is on PostgreSQL" in refused(other, "restore", record)
    assert "restore it with --keys" in refused(other, "restore", keys)


def test_a_backup_under_another_master_key_is_refused(on_sqlite: Installation, tmp_path: Path) -> None:
    record, other = tmp_path / "record.sealed", tmp_path / "other"
    done(on_sqlite, "backup", record)
    other.mkdir()
    assert "master key" in refused(Installation(other), "restore", record)


def test_a_backup_made_by_a_newer_fanlight_is_refused(on_sqlite: Installation, tmp_path: Path) -> None:
    file = on_sqlite.home / "fanlight.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute(
            "insert into django_migrations (app, name, applied) values ('casework', '9999_later', '2030-01-01')"
        )
    database.close()
    record = tmp_path / "record.sealed"
    done(on_sqlite, "backup", record)
    file.rename(tmp_path / "away.sqlite3")
    said = refused(on_sqlite, "restore", record)
    assert "newer Fanlight" in said
    assert "casework.9999_later" in said


def test_an_old_backup_of_the_key_store_is_refused_since_it_would_bring_keys_back(
    on_sqlite: Installation, tmp_path: Path
) -> None:
    sealed = tmp_path / "keys.sealed"
    done(on_sqlite, "backup", "--keys", sealed)
    for file in on_sqlite.home.glob("keys.sqlite3*"):
        file.unlink()
    assert "36 days old, and may be 35 at most" in on_sqlite.inside("restore_keys_after", 36, sealed)
    assert "still to come" in on_sqlite.inside("restore_keys_after", -2, sealed)
    assert on_sqlite.inside("restore_keys_after", 34, sealed) == ""
    assert all(on_sqlite.inside("readable").values())


def test_a_restored_key_store_does_not_bring_back_what_was_destroyed_since(
    on_sqlite: Installation, tmp_path: Path
) -> None:
    keys = tmp_path / "keys.sealed"
    done(on_sqlite, "backup", "--keys", keys)
    on_sqlite.inside("destroy", on_sqlite.references[1])
    for file in on_sqlite.home.glob("keys.sqlite3*"):
        file.unlink()
    assert "1 keys that were destroyed since are destroyed again" in done(on_sqlite, "restore", "--keys", keys)
    found = on_sqlite.inside("readable")
    assert found == {reference: reference != on_sqlite.references[1] for reference in on_sqlite.references}


@pytest.mark.parametrize("mounted", [True, False], ids=["a file system", "a limit on files"])
def test_a_full_disk_leaves_nothing_of_a_backup_behind_and_says_why(
    mounted: bool, on_sqlite: Installation, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", 1, mounted=mounted) as disk:
        if disk.is_mounted:
            disk.fill([])
        limit = 0 if disk.is_mounted else 100_000
        said = refused(on_sqlite, "backup", disk.folder / "record.sealed", limit=limit)
        assert "nothing of it is kept: " in said
        assert ("No space left" if disk.is_mounted else "File too large") in said
        assert [one.name for one in disk.folder.iterdir()] == (["ballast"] if disk.is_mounted else [])


def test_a_backup_is_taken_while_people_write(here: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    writing = here.started("write", tmp_path, 2, 5)
    record, keys = tmp_path / "record.sealed", tmp_path / "keys.sealed"
    done(here, "backup", record)
    done(here, "backup", "--keys", keys)
    _, wrong = writing.communicate(timeout=60)
    assert writing.returncode == 0, wrong
    done(elsewhere, "restore", "--keys", keys)
    done(elsewhere, "restore", record)
    assert_nothing_is_lost(elsewhere.inside("look"), NOTES)


def test_a_password_of_postgresql_stands_on_no_command_line(on_postgresql: Installation, tmp_path: Path) -> None:
    url = on_postgresql.environment["DATABASE_URL"].replace("fanlight@", "fanlight:not-on-any-line@")
    seen, folder, real = tmp_path / "seen", tmp_path / "bin", postgres.programs()
    assert real is not None
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        script = folder / name
        script.write_text(f'#!/bin/sh\necho "$0 $*" >> {seen}\nexec {real / name} "$@"\n')
        script.chmod(0o755)
    on_postgresql.environment |= {"DATABASE_URL": url, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done(on_postgresql, "backup", tmp_path / "record.sealed")
    lines = seen.read_text()
    assert "--format=custom" in lines
    assert "--data-only" in lines
    assert "not-on-any-line" not in lines


def test_programs_that_are_missing_or_older_than_the_server_are_named(
    on_postgresql: Installation, tmp_path: Path
) -> None:
    # Debian keeps each version in a folder of its own; a machine without any has what is on its PATH.
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    said = on_postgresql.inside("program_of", str(tmp_path))
    assert "pg_dump of PostgreSQL" in said
    assert "apt-get install postgresql-client" in said
