"""A program that asks about addresses by a key: what it is told, and that the key opens nothing else."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from fanlight.casework.access import Refused
from fanlight.casework.actions.end_staff import end_staff
from fanlight.casework.actions.give_key import give_key
from fanlight.casework.commands import give_key as give_key_command
from fanlight.casework.models import Log, ProgramKey
from tests import homes, make
from tests.cast import Cast, again

HOME = {"purpose": "arrears", "uprn": homes.uprn_of(1)}


@pytest.fixture
def key(cast: Cast) -> str:
    """This function will give Iris's account, which sees no case, a key."""
    homes.a_home(1)
    return give_key(staff=cast.iris, by=None, now=make.MORNING)


def ask(key: str, address: str = "api:address-check", said: dict[str, Any] = HOME, **more: Any) -> Any:
    """This function will ask as a program does: no cookie, no token, and CSRF enforced as it is for everybody."""
    client = Client(enforce_csrf_checks=True)
    return client.post(
        reverse(address), json.dumps(said), "application/json", headers={"authorization": f"Bearer {key}"}, **more
    )


def test_a_program_is_told_what_an_officer_is_told_and_is_in_the_log(key: str, cast: Cast) -> None:
    before = Log.objects.count()
    answer = ask(key)
    assert (answer.status_code, answer.json()["answer"]) == (200, "go_ahead")
    assert make.log_rows(before) == [("check_address", "done")]
    assert Log.objects.latest("pk").staff_id == cast.iris.pk
    assert not answer.cookies


def test_no_other_key_is_let_in_nor_one_that_was_replaced_nor_that_of_an_account_that_has_ended(
    key: str, cast: Cast
) -> None:
    assert [ask(other).status_code for other in ("", "x", key[:-1], key + "x", key.upper())] == [401] * 5
    newer = give_key(staff=cast.iris, by=None, now=make.later(hours=1))
    assert (ask(key).status_code, ask(newer).status_code) == (401, 200)
    end_staff(staff=cast.iris, by=cast.huw, now=make.later(hours=2))
    assert ask(newer).status_code == 401


def test_a_key_opens_nothing_else(key: str, cast: Cast) -> None:
    bearer = {"authorization": f"Bearer {key}"}
    browser = Client(enforce_csrf_checks=True)
    assert ask(key, "api:report", {"name": "Maria"}).status_code == 401
    for name in ("api:my-duties", "api:openapi"):
        assert browser.get(reverse(name), headers=bearer).status_code == 401
    assert browser.get(reverse("my-duties"), headers=bearer).status_code == 302
    assert browser.get(reverse("api:address-check"), headers=bearer).status_code == 405


def test_an_account_that_sees_cases_is_given_no_key(cast: Cast) -> None:
    with pytest.raises(Refused):
        give_key(staff=again(cast.asha), by=None, now=make.MORNING)
    with pytest.raises(CommandError, match="sees cases"):
        call_command(give_key_command.Command(), cast.asha.email)
    assert not ProgramKey.objects.exists()


def test_the_database_holds_no_key(key: str) -> None:
    assert key not in json.dumps(list(ProgramKey.objects.values()), default=str)
    assert key not in json.dumps(list(Log.objects.values("detail")), default=str)
