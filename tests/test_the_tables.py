"""The tables that migrations make are those of the models, on which the tests run."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder

from fanlight.casework.commands.migrate import refuse_what_was_never_released

MIGRATED = """
import django
django.setup()
from django.core.management import call_command
from fanlight.casework.commands.migrate import migrate_quietly
migrate_quietly()
call_command("makemigrations", check=True, dry_run=True)
"""
MADE_AS_FOR_TESTS = """
import django
django.setup()
from importlib import import_module
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
for database in ("default", "keys"):
    call_command("migrate", database=database, run_syncdb=True, verbosity=0)
with connection.schema_editor() as editor:
    import_module("fanlight.casework.migrations.0002_appended_to_and_never_changed").refuse(apps, editor)
"""
# What Django keeps of its own migrations, and SQLite of its own counters.
OF_THEIR_OWN = ("django_migrations", "sqlite_sequence")


def made_by(script: str, home: Path) -> dict[str, dict[tuple[str, str], list[str]]]:
    """This function will run a script on empty databases, and give what is in each of them then."""
    home.mkdir()
    environment = {**os.environ, "FANLIGHT_HOME": str(home), "DATABASE_URL": f"sqlite:///{home}/record.sqlite3"}
    made = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    found = {}
    for file in sorted(home.glob("**/*.sqlite3")):
        with sqlite3.connect(file) as database:
            found[file.name] = described(database.execute("select type, name, sql from sqlite_master"))
    return found


def described(rows: Iterable[tuple[str, str, str | None]]) -> dict[tuple[str, str], list[str]]:
    """This function will give the words of each table, index and trigger, in whichever order a table has its columns."""
    return {
        (kind, name): sorted((sql or "").replace("(", ", ").replace(")", ", ").split(", "))
        for kind, name, sql in rows
        if name not in OF_THEIR_OWN
    }


def test_what_is_migrated_is_what_the_models_say_and_the_tests_run_on(tmp_path: Path) -> None:
    migrated = made_by(MIGRATED, tmp_path / "migrated")
    assert ("trigger", "casework_entry_no_update") in migrated["record.sqlite3"]
    assert migrated == made_by(MADE_AS_FOR_TESTS, tmp_path / "tests")


def test_a_database_made_by_steps_that_are_no_more_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: {("casework", "0017_of_long_ago"): None})
    with pytest.raises(SystemExit, match="begin with an empty one"):
        refuse_what_was_never_released()
