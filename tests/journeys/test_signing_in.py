"""Signing in as a person does: a first password, a second step, a lost phone, two browsers, a passkey, and a session that ends."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.give_code import give_code
from fanlight.casework.models import SignedIn, Staff
from fanlight.present import present
from tests import identity_provider
from tests.cast import PASSWORD, hire, next_code
from tests.journeys.officer import Officer


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def give_password(screen: Officer, staff: Staff, password: str) -> None:
    """This function will type an address and a password."""
    screen.go("/sign-in")
    screen.type("E-mail address", staff.email)
    screen.type("Password", password)
    screen.press("Sign in")


def test_somebody_new_sets_a_password_and_a_second_step_and_sees_to_both(screen: Officer, browser: Browser) -> None:
    asha = hire("Asha", "connect", case_officer=["Kirklees North"])
    asha.set_unusable_password()
    asha.save()
    new = "a long walk by the sea"

    # A code from whoever looks after accounts, and a password of her own.
    screen.go("/sign-in")
    screen.follow("I was given a code to set my password")
    screen.type("Your code", give_code(staff=asha, by=None, now=present()))
    screen.type("New password", "password")
    screen.press("Set it")
    screen.reads("There is a problem")
    screen.type("Your code", give_code(staff=asha, by=None, now=present()))
    screen.type("New password", new)
    screen.press("Set it")
    screen.reads("Your password is set")

    # She must have a second step, and can do nothing else before.
    give_password(screen, asha, new)
    screen.reads("Set up a second step")
    screen.look("second-step-needed")
    screen.go("/duties")
    screen.reads("Set up a second step")
    screen.follow("An authenticator app")
    screen.look("set-up-app")
    key = screen.page.locator(".app-key").inner_text().replace(" ", "")
    screen.type("The code that your app shows", "000000")
    screen.press("Set it up")
    screen.reads("not the code that your app shows")
    screen.type("The code that your app shows", next_code(asha, secret=key))
    screen.press("Set it up")
    screen.press("Make recovery codes")
    screen.look("recovery-codes")
    codes = screen.page.locator(".app-codes li").all_inner_texts()
    assert len(codes) == 10
    screen.press("I have kept them")
    screen.reads("My duties")
    screen.sign_out()

    # The next day: password and code.
    give_password(screen, asha, new)
    screen.reads("Second step")
    screen.look("second-step")
    screen.type("Code", "000000")
    screen.press("Go on")
    screen.reads("That code is not right")
    screen.type("Code", next_code(asha, secret=key))
    screen.press("Go on")
    screen.reads("My duties")
    screen.sign_out()

    # The day on which the phone is lost: a recovery code, once.
    give_password(screen, asha, new)
    screen.type("Code", codes[0])
    screen.press("Go on")
    screen.reads("My duties")
    screen.go("/account")
    screen.reads("9 recovery codes left")

    # Another browser, seen and ended from here.
    elsewhere = browser.new_context()
    other = Officer(elsewhere.new_page(), screen.site, scripts=True)
    give_password(other, asha, new)
    other.type("Code", codes[1])
    other.press("Go on")
    screen.go("/account")
    screen.look("account")
    screen.reads("Where you are signed in")
    expect(screen.page.get_by_text("(this one)")).to_have_count(1)
    screen.press("Sign out everywhere else")
    screen.reads("They are signed out there.")
    other.go("/duties")
    other.reads("E-mail address")
    elsewhere.close()

    # A new password; and the page that asks again who she is, when it is not so recent.
    screen.go("/account/confirm")
    screen.look("confirm")
    screen.go("/account")
    screen.follow("Change your password")
    screen.look("change-password")
    screen.type("New password", "another walk by the sea")
    screen.press("Change it")
    screen.reads("Your password is changed")


def test_whoever_looks_after_accounts_gives_codes_and_takes_lost_steps_away(screen: Officer) -> None:
    hire("Huw", "connect", system_administrator=[])
    asha = hire("Asha", "connect", case_officer=["Kirklees North"])
    iris = hire("Iris", "connect", managing_agent=[])
    screen.sign_in("asha@connect.example")
    screen.sign_out()
    screen.sign_in("huw@connect.example")
    screen.go(f"/staff/{iris.pk}/sign-in")
    screen.press("Give them a code")
    screen.look("code-given")
    code = re.search(r"([A-Z2-9]{4}-){4}[A-Z2-9]{4}", screen.page.get_by_role("main").inner_text())
    assert code
    screen.go(f"/staff/{asha.pk}/sign-in")
    screen.look("staff-sign-in")
    screen.press("Take their second step away")
    screen.reads("Their second step is taken away")
    screen.sign_out()
    give_password(screen, asha, PASSWORD)
    screen.reads("Your second step was taken away")


def test_a_passkey_is_made_and_used(page: Page, live_server: LiveServer) -> None:
    asha = hire("Asha", "connect", case_officer=["Kirklees North"])
    screen = Officer(page, live_server.url, scripts=True)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    give_password(screen, asha, PASSWORD)
    screen.follow("A passkey")
    screen.look("add-passkey")
    page.get_by_role("button", name="Make a passkey").click()
    screen.reads("Your second step is set up.")
    screen.press("Make recovery codes")
    screen.sign_out()
    give_password(screen, asha, PASSWORD)
    screen.look("second-step-by-passkey")
    page.get_by_role("button", name="Use your passkey").click()
    screen.reads("My duties")
    screen.go("/account")
    screen.reads("Passkey")
    screen.sign_out()
    # Another device has no such key.
    device.send("WebAuthn.disable")
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}},
    )
    give_password(screen, asha, PASSWORD)
    page.get_by_role("button", name="Use your passkey").click()
    screen.reads("Your device did not do it")


def seen(staff: Staff, moment: datetime) -> None:
    """This function will have somebody been seen last at a moment, as if they had sat there since."""
    SignedIn.objects.filter(staff=staff).update(seen_at=moment)


def test_somebody_is_warned_before_the_session_ends_and_what_they_typed_stays(
    page: Page, live_server: LiveServer
) -> None:
    iris = hire("Iris", "connect", managing_agent=[])
    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(iris.email)
    screen.reads("Report it")
    expect(page.locator(".app-footer")).to_contain_text("You are signed out at")
    page.clock.install()
    page.reload()
    seen(iris, present() - timedelta(minutes=13, seconds=30))
    page.clock.fast_forward("13:30")
    expect(page.get_by_role("heading", name="You will be signed out soon")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("heading", name="You will be signed out soon")).not_to_be_visible()
    page.get_by_label("What was said?").fill("She rang from her sister's.")
    seen(iris, present() - timedelta(minutes=16))
    page.clock.fast_forward("16:00")
    expect(page.get_by_text("What you typed is still on it.")).to_be_visible()
    page.get_by_role("button", name="Let me copy it").click()
    assert page.get_by_label("What was said?").input_value() == "She rang from her sister's."
    # Sent all the same, it is not lost.
    screen.press("Send the report")
    screen.reads("You were signed out, and this was not saved")
    screen.reads("She rang from her sister's.")
    screen.look("timed-out")


def test_somebody_signs_in_with_their_work_account(page: Page, live_server: LiveServer, settings: Any) -> None:
    asha = hire("Asha", "connect", case_officer=["Kirklees North"])
    hire("Huw", "connect", system_administrator=[])
    screen = Officer(page, live_server.url, scripts=True)
    with identity_provider.running() as address:
        identity_provider.use(settings, address)
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        with_provider = {**policy, "form-action": [*policy["form-action"], address]}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": with_provider}
        requests.put(f"{address}/users/asha", json={"tid": "t", "oid": "o", "amr": ["mfa"]}, timeout=10)
        # The provider's own page asks for a style sheet of another site.
        page.route(re.compile("^https://"), lambda route: route.fulfill(body=""))
        screen.sign_in("huw@connect.example")
        screen.go(f"/staff/{asha.pk}/sign-in")
        screen.look("staff-sign-in-linking")
        screen.type("Tenant ID", "t")
        screen.type("Object ID", "o")
        screen.press("Link them")
        screen.reads("They are linked")
        screen.sign_out()
        screen.look("sign-in-with-provider")
        page.get_by_role("button", name="Sign in with Microsoft").click()
        page.wait_for_url(f"{address}/**")
        page.locator("input[name=sub]").fill("asha")
        page.locator("input[name=sub]").press("Enter")
        screen.reads("My duties")
        screen.go("/account")
        screen.reads("have no password here")
