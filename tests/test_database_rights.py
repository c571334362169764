"""What the check before serving says of the database role: one that could empty the record or the log is warned of."""

from collections.abc import Callable, Iterator

import pytest
from django.core.checks import registry
from django.db import connection

from fanlight.casework.postgresql.rights import check_rights

TABLES = ("casework_entry", "casework_log")

As = Callable[..., list[str | None]]


@pytest.fixture
def warned_as(db: None) -> Iterator[As]:
    """This function will give what is warned of in the eyes of a role that has been granted and given this."""

    def ask(*statements: str) -> list[str | None]:
        with connection.cursor() as cursor:
            cursor.execute("create role fanlight_web")
            cursor.execute("grant usage on schema public to fanlight_web")
            cursor.execute("grant select, insert, update, delete on all tables in schema public to fanlight_web")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("set local role fanlight_web")
        return [one.id for one in check_rights()]

    yield ask
    if connection.vendor == "postgresql":
        connection.cursor().execute("reset role")


def test_the_check_before_serving_looks_at_the_rights_of_the_database_role(db: None) -> None:
    assert check_rights in registry.registry.get_checks(include_deployment_checks=True)
    # The tests' own role of PostgreSQL is a superuser; SQLite knows no roles.
    expected = ["fanlight.W001"] if connection.vendor == "postgresql" else []
    assert [one.id for one in check_rights()] == expected


def test_a_role_with_no_more_than_it_needs_is_not_warned_of_and_others_are(warned_as: As) -> None:
    if connection.vendor != "postgresql":
        assert check_rights() == []
        return
    assert warned_as() == []


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["grant truncate on casework_log to fanlight_web"], ["fanlight.W003"]),
        (["grant all on all tables in schema public to fanlight_web"], ["fanlight.W003", "fanlight.W003"]),
        (["alter table casework_entry owner to fanlight_web"], ["fanlight.W002"]),
        (["alter role fanlight_web superuser"], ["fanlight.W001"]),
    ],
)
def test_a_role_that_could_empty_them_is_warned_of(warned_as: As, statements: list[str], expected: list[str]) -> None:
    if connection.vendor != "postgresql":
        assert check_rights() == []
        return
    assert warned_as(*statements) == expected
