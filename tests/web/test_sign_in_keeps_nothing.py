"""Whoever copies the tables learns from signing in neither whom somebody is, nor what anybody typed."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from fanlight.casework.actions.end_sessions import forget_old_sessions
from fanlight.casework.actions.give_code import give_code
from fanlight.casework.actions.set_password import set_password
from fanlight.casework.identity import factors
from fanlight.casework.keys import Unreadable
from fanlight.casework.models import SignedIn
from tests.cast import Cast, hire, let_in, next_code
from tests.thief import holding
from tests.web.conftest import NOW

NAME = "Quillonwy"
EMAIL = f"{NAME.lower()}@connect.example"
WRONG_NAME, WRONG_PASSWORD, RIGHT_PASSWORD = (
    "zebrafinch@connect.example",
    "ochre-parapet-91",
    "vermilion under the stairs",
)
WRONG_CODE, AGENT = "918273", "Marmalade/7.0 (Windows NT 10.0) Firefox/140.0"


def test_no_table_and_no_session_holds_who_somebody_is_or_what_was_typed(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    person = hire(NAME, "connect", case_officer=[])
    words = (NAME, WRONG_NAME, "zebrafinch", WRONG_PASSWORD, RIGHT_PASSWORD, WRONG_CODE, "Marmalade")
    code = give_code(staff=person, by=cast.huw, now=NOW)
    set_password(by=person, password=RIGHT_PASSWORD, code=code, now=NOW)
    browser = Client(HTTP_HOST="localhost", HTTP_USER_AGENT=AGENT)
    for email, password in ((WRONG_NAME, WRONG_PASSWORD), (EMAIL, WRONG_PASSWORD), (EMAIL, RIGHT_PASSWORD)):
        browser.post("/sign-in", {"email": email, "password": password, "next": ""})
        assert holding(*words) == []
    assert holding(code, code.replace("-", "")) == []
    # The secret of an app, while it is set up and after.
    browser.get("/account/app")
    secret = factors.reveal(person, browser.session["app_to_be"])
    assert holding(secret) == []
    browser.post("/account/app", {"code": WRONG_CODE})
    browser.post("/account/app", {"code": next_code(person, secret=secret, now=NOW)})
    shown = browser.post("/account/recovery-codes").content.decode()
    assert holding(secret, *words) == []
    recovery = [found.replace(" ", "") for found in re.findall(r'<li class="app-key">([\d ]+)<', shown)]
    assert len(recovery) == 10
    assert holding(*recovery) == []
    browser.post("/sign-out")
    browser.post("/sign-in", {"email": EMAIL, "password": RIGHT_PASSWORD, "next": ""})
    browser.post("/sign-in/second-step", {"code": WRONG_CODE})
    assert holding(*words) == []
    browser.post("/sign-in/second-step", {"code": recovery[0]})
    assert browser.get("/duties").status_code == 200
    browser.get("/account/passkey")
    assert holding(secret, *recovery, *words) == []
    said = caplog.text
    assert not [word for word in words if word.lower() in said.lower()]


def test_a_secret_that_is_moved_to_a_colleague_opens_nothing(cast: Cast) -> None:
    secret = factors.new_secret()
    factors.keep_app(cast.asha, secret, 0, NOW)
    factors.keep_app(cast.bronwen, factors.new_secret(), 0, NOW)
    hers = Authenticator.objects.get(user_id=cast.asha.pk)
    Authenticator.objects.filter(user_id=cast.bronwen.pk).update(data=hers.data)
    with pytest.raises(Unreadable):
        factors.prove_by_app(cast.bronwen, next_code(cast.bronwen, secret=secret, now=NOW), NOW)
    with pytest.raises(Unreadable):
        factors.FactorAdapter().encrypt("of nobody")


def test_the_session_of_somebody_who_does_not_come_back_is_forgotten(cast: Cast) -> None:
    let_in(Client(HTTP_HOST="localhost"), cast.asha, NOW)
    assert forget_old_sessions(before=SignedIn.objects.get().expire_date + timedelta(seconds=1)) == 1
    assert not SignedIn.objects.exists()
