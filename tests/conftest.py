"""How the tests run: which database they use, when Django is set up, and the browser."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# The same examples every time: what fails on one machine fails on all. Others are tried with
# `--hypothesis-profile=chance`. A slow machine is no fault of the engine's.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("chance", deadline=None, print_blob=True)
hypothesis.settings.load_profile("steady")

TESTS = Path(__file__).parent
# Of the tests alone: 32 bytes that everybody can read here.
MASTER_KEY = "fanlight-key:" + "dGVzdHMgb25seSwgYW5kIG5ldmVyIGFueXRoaW5nISE="
# What tests under these folders hold is pure: they need no settings, and Django stays asleep.
WITHOUT_DJANGO = (TESTS / "engine",)

pytest_plugins = ["tests.browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """This function will let a run choose its database."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database under the tests; postgresql runs those alone that touch one",
    )


def pytest_configure(config: pytest.Config) -> None:
    """This function will put the environment in place that the settings read, and load them."""
    if not _django_is_wanted(config):
        return
    if not hasattr(config, "workerinput"):
        stack = ExitStack()
        config.add_cleanup(stack.close)
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="fanlight-tests-"))
        os.environ["FANLIGHT_HOME"] = home
        os.environ["FANLIGHT_MASTER_KEY"] = MASTER_KEY
        os.environ["DATABASE_URL"] = _database_url(config.getoption("--database"), home, stack)
    # Playwright drives the browser from an event loop in the test's own thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanlight.casework.settings"
    from django.conf import settings

    # Cheap where a test proves nothing by the cost: hashing, and names of static files by content.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = settings.HOME / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """This function will keep, on PostgreSQL, the tests alone that touch a database; those have the key store too."""
    for item in filter(_touches_a_database, items):
        marker = item.get_closest_marker("django_db")
        item.add_marker(
            pytest.mark.django_db(**{**(marker.kwargs if marker else {}), "databases": "__all__"}), append=False
        )
    if config.getoption("--database") == "sqlite":
        return
    touching = [item for item in items if _touches_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in touching])
    items[:] = touching


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """This function will give each worker databases of its own, and SQLite a file, so that connections are as apart as in real use."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("database")
    for name in connections:
        if connections[name].vendor == "sqlite":
            connections[name].settings_dict["TEST"]["NAME"] = str(folder / f"{name}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """This function will have the database refuse what it refuses, and let the test runner, and nobody else, empty those tables.

    Tables are made from the models, which is many times as quick as migrating; that migrations come to the same is a test.
    Between tests that commit, Django empties each table; on SQLite it does so by DELETE, which
    the triggers refuse. They are lifted for that one transaction and put back in it.
    """
    from django.apps import apps
    from django.db import connection

    append_only = import_module("fanlight.casework.migrations.0002_appended_to_and_never_changed")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.refuse(apps, editor)
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            # On the class: where Playwright runs, Django opens a connection of its own.
            operations = type(connection.ops)
            sql_flush = operations.sql_flush

            def sql_flush_without_triggers(ops: Any, *arguments: Any, **named: Any) -> list[str]:
                emptying: list[str] = sql_flush(ops, *arguments, **named)
                with ops.connection.cursor() as cursor:
                    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                    triggers = cursor.fetchall()
                lifted = [f'DROP TRIGGER "{name}";' for name, _sql in triggers]
                return lifted + emptying + [f"{sql};" for _name, sql in triggers]

            patch.setattr(operations, "sql_flush", sql_flush_without_triggers)
        yield


@pytest.fixture(autouse=True)
def _keys_are_forgotten(request: pytest.FixtureRequest) -> Iterator[None]:
    """The keys of a test go with its rows."""
    yield
    if _touches_a_database(request.node):
        from fanlight.casework import keys

        keys.forget()


def _django_is_wanted(config: pytest.Config) -> bool:
    if config.option.help or config.option.version:
        return False
    paths = [Path(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args]
    return not all(any(path.resolve().is_relative_to(pure) for pure in WITHOUT_DJANGO) for path in paths)


def _database_url(database: str, home: str, stack: ExitStack) -> str:
    if database == "postgresql":
        from tests import postgres

        return stack.enter_context(postgres.running())
    return f"sqlite:///{home}/fanlight.sqlite3"


def _touches_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server", "django_db_setup"}
    )
