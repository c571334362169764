"""What the tests of faults start from: an installation with some cases in it, made once and copied for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.faults.installation import AWAKE, Installation

CASES = 6


@pytest.fixture(scope="session", autouse=True)
def nothing_left_running() -> Iterator[None]:
    """This function will end the process that was kept awake."""
    yield
    AWAKE.sleep()


@pytest.fixture(scope="session")
def made_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """This function will make an installation on SQLite once."""
    made = Installation(tmp_path_factory.mktemp("sqlite"))
    made.make(CASES)
    return made


@pytest.fixture
def on_sqlite(made_on_sqlite: Installation, tmp_path: Path) -> Installation:
    """This function will give an installation on SQLite of the test's own."""
    return made_on_sqlite.copied(tmp_path / "sqlite")


@pytest.fixture(scope="session")
def durable() -> Iterator[postgres.Server]:
    """This function will run PostgreSQL as it comes, waiting for the disk."""
    with postgres.server(postgres.DURABLE) as server:
        yield server


@pytest.fixture(scope="session")
def made_on_postgresql(durable: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """This function will make an installation on PostgreSQL once."""
    new_database(durable, "made", "template1")
    made = Installation(tmp_path_factory.mktemp("postgresql"), durable.url_of("made"))
    made.make(CASES)
    return made


@pytest.fixture
def on_postgresql(
    durable: postgres.Server, made_on_postgresql: Installation, tmp_path: Path, new_name: Callable[[], str]
) -> Installation:
    """This function will give an installation on PostgreSQL of the test's own, all of them on one server."""
    name = new_name()
    new_database(durable, name, "made")
    return made_on_postgresql.copied(tmp_path / "postgresql", durable.url_of(name))


@pytest.fixture(scope="session")
def new_name() -> Callable[[], str]:
    """This function will give names of databases, a new one each time."""
    names = (f"copy_{number}" for number in range(1, 1000))
    return lambda: next(names)


def new_database(server: postgres.Server, name: str, template: str) -> None:
    """This function will make a database like another."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{template}"')
        # Without it a crash may take the copy's sequences back: PostgreSQL believes that it has logged them ahead.
        connection.execute("checkpoint")
