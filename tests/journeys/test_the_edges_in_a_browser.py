"""The edges as a real browser keeps them: no referrer goes with a form, and hostile words on a page do nothing."""

from datetime import timedelta

from playwright.sync_api import Page, Request
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.record_entry import record_entry
from fanlight.present import present
from tests.cast import hire
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of
from tests.test_hostile_input import HOSTILE


def test_a_form_without_a_referrer_is_taken_and_hostile_words_do_nothing(page: Page, live_server: LiveServer) -> None:
    lena = hire("Lena Vale", "connect", line_manager=["Kirklees North"])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    case = case_of(lena, asha)
    for minute, hostile in enumerate(HOSTILE[:12]):
        moment = present() - timedelta(minutes=30 - minute)
        record_entry(case=case, kind="learned", facts={"children": True}, note=hostile, by=asha, now=moment)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}")
    # Words on the page, and no script of theirs has run: the browser would have complained of it, and there is none.
    screen.reads("canary(1)")
    assert page.locator("img[src=x], svg[onload], [onfocus], [onerror]").count() == 0
    assert page.evaluate("document.scripts.length") == len(page.locator("script[src]").all())
    headers = [request.all_headers() for request in sent]
    assert headers
    assert all("referer" not in one for one in headers)
    assert {(one["origin"], one["sec-fetch-site"]) for one in headers} == {("null", "same-origin")}
