"""Somebody at a screen: signs in, reads, presses, and has every page that they visit checked."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from fanlight.casework.identity import factors
from fanlight.casework.models import Staff
from tests.browser import check, take_pictures
from tests.cast import PASSWORD, give_app, next_code

NEUTRAL = re.compile(r"abuse|violen|victim|survivor|perpetrator", re.IGNORECASE)

SEEN: set[tuple[bool, str, str]] = set()
"""The states of pages that were held to every check already, with scripts and without."""


class Officer:
    """Somebody who works in the pages, as a person does: by what they read."""

    def __init__(self, page: Page, site: str, *, scripts: bool) -> None:
        self.page = page
        self.site = site
        self.scripts = scripts

    def sign_in(self, email: str) -> None:
        """This function will sign somebody in, with the second step of whoever must take one."""
        staff = Staff.objects.with_email(email)
        assert staff is not None, email
        if factors.must_have_one(staff) and not factors.factors_of(staff):
            give_app(staff)
        self.page.goto(f"{self.site}/sign-in")
        self.look()
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.look()
        if factors.factors_of(staff):
            self.type("Code", next_code(staff))
            self.press("Go on")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def sign_out(self) -> None:
        """This function will sign out."""
        self.press("Sign out")
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()

    def go(self, path: str) -> None:
        """This function will go to an address and look at the page."""
        self.page.goto(f"{self.site}{path}")
        self.look()

    def look(self, name: str = "") -> None:
        """This function will hold the page to what every page must pass, and picture it where pictures are wanted.

        The same page in the same state is held to it once: an address, a title, a heading, and what it has in it.
        """
        self.page.wait_for_load_state()
        self.page.get_by_role("main").wait_for()
        assert not NEUTRAL.search(self.page.title()), self.page.title()
        assert not NEUTRAL.search(self.page.url.removeprefix(self.site)), self.page.url
        state = self.page.evaluate(
            "[document.title, ...[...document.querySelectorAll('h1, h2')].map(e => e.innerText)]"
        )
        kind = (
            self.scripts,
            re.sub(r"\d+", "0", self.page.url.removeprefix(self.site)),
            re.sub(r"\d+", "0", str(state)),
        )
        if kind not in SEEN:
            check(self.page)
            SEEN.add(kind)
        pictures = os.environ.get("JOURNEY_PICTURES")
        if pictures and name:
            take_pictures(self.page, name, Path(pictures))

    def press(self, name: str) -> None:
        """This function will press a button."""
        self.page.get_by_role("button", name=name, exact=False).first.click()
        self.look()

    def follow(self, name: str, *, within: str = "") -> None:
        """This function will follow a link, perhaps within the item of a list that says something."""
        where = self.page.get_by_role("listitem").filter(has_text=within).first if within else self.page
        # The design system puts spaces round words that only a screen reader says.
        said = re.compile(r"[\s:]*".join(re.escape(word) for word in re.split(r"[\s:]+", name)))
        where.get_by_role("link", name=said).first.click()
        self.look()

    def turn_to(self, name: str) -> None:
        """This function will follow a link of the menu, which may be among what is folded there."""
        menu = self.page.get_by_role("navigation", name="Menu")
        if not menu.get_by_role("link", name=name, exact=True).is_visible():
            menu.get_by_text("More", exact=True).click()
            check(self.page)
        menu.get_by_role("link", name=name, exact=True).click()
        self.look()

    def do(self, duty: str) -> None:
        """This function will press the button of a duty on the page of a case."""
        card = self.page.locator(".app-duty").filter(has_text=duty).first
        card.get_by_role("button", name="Do this").click()
        self.look()

    def choose(self, question: str, answer: str) -> None:
        """This function will choose an answer to a question, whether it is asked with radios or with a list."""
        group = self.page.get_by_role("group", name=question, exact=False)
        if group.count():
            group.first.get_by_label(answer, exact=True).check()
        else:
            self.page.get_by_label(question, exact=False).first.select_option(label=answer)

    def type(self, question: str, words: str) -> None:
        """This function will type an answer."""
        self.page.get_by_label(question, exact=False).first.fill(words)

    def reads(self, words: str) -> None:
        """This function will fail unless the page says these words."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def does_not_read(self, words: str) -> None:
        """This function will fail if the page says these words."""
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    @property
    def reference(self) -> str:
        """This function will give the reference that the page names."""
        found = re.search(r"[A-Z]{2}-\d{4}-\d{6}", self.page.get_by_role("main").inner_text())
        assert found, self.page.url
        return found[0]
