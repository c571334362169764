"""A transaction within a transaction: what fails in it is taken back, what went before and comes after stays; on either database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fanlight.casework import sql
from fanlight.casework.models import Landlord

pytestmark = pytest.mark.django_db(transaction=True)


class Undone(Exception):
    """Raised where a test takes back what it did."""


@contextmanager
def taken_back(error: type[Exception]) -> Iterator[None]:
    """This function will do what it encloses in a transaction of its own, which fails with an error."""
    with pytest.raises(error), transaction.atomic():
        yield


def write(name: str) -> None:
    """This function will write a row in the way of the actions."""
    batch = sql.Batch()
    batch.insert(Landlord, [{"id": name, "name": name}])
    batch.send()


def write_as_django_does(name: str) -> None:
    """This function will write a row in the way of Django."""
    Landlord.objects.create(id=name, name=name)


WAYS = pytest.mark.parametrize("write", [write, write_as_django_does])


def names() -> set[str]:
    """This function will give what stands in the table, as somebody else would see it."""
    connection.close()
    return set(Landlord.objects.values_list("id", flat=True))


@WAYS
def test_what_fails_within_is_taken_back_and_the_rest_stays(write):
    with transaction.atomic():
        write("before")
        with taken_back(Undone):
            write("within")
            raise Undone
        write("after")
    assert names() == {"before", "after"}


@WAYS
def test_what_the_database_refuses_within_is_taken_back_and_the_rest_stays(write):
    with transaction.atomic():
        write("before")
        with taken_back(IntegrityError):
            write("within")
            write("before")
        write("after")
    assert names() == {"before", "after"}


@WAYS
def test_the_first_thing_that_is_done_may_fail(write):
    write("there")
    with transaction.atomic():
        with taken_back(IntegrityError):
            write("there")
        with taken_back(Undone):
            raise Undone
        write("after")
    assert names() == {"there", "after"}


@WAYS
def test_one_within_one_within_one_goes_alone(write):
    with transaction.atomic():
        with transaction.atomic():
            write("first")
            with transaction.atomic():
                pass
            with taken_back(Undone):
                with transaction.atomic():
                    write("second")
                raise Undone
            with transaction.atomic():
                write("third")
        with taken_back(Undone):
            with transaction.atomic():
                pass
            raise Undone
    assert names() == {"first", "third"}


@WAYS
def test_when_the_whole_fails_nothing_stays(write):
    with taken_back(Undone):
        with transaction.atomic():
            write("within")
        raise Undone
    assert names() == set()
    write("later")
    assert names() == {"later"}


@WAYS
def test_what_cannot_be_said_is_never_sent_and_what_follows_is_still_within(write):
    with transaction.atomic():
        with taken_back(Exception):  # each driver has a word of its own for it
            sql.carry_out("select %s", [object()])
        with taken_back(Undone):
            write("within")
            raise Undone
        write("after")
    assert names() == {"after"}


@WAYS
def test_a_cursor_that_was_made_before_writes_within_too(write):
    with transaction.atomic():
        with connection.cursor() as cursor, taken_back(Undone):
            cursor.execute("insert into casework_landlord (id, name) values ('within', 'within')")
            raise Undone
        with connection.cursor() as cursor, taken_back(DatabaseError):
            cursor.execute("select nothing from nowhere")
        write("after")
    assert names() == {"after"}
