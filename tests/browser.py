"""The browser of the journeys: the system's Chromium, with checks of every page that it visits."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

MISSING = (
    "Chromium is needed for these tests and is not installed. "
    "On Debian: apt-get install chromium. Elsewhere: install Chromium or Google Chrome, "
    "or name its program in CHROMIUM."
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# How long a page may take, in milliseconds: a machine that is busy with other work is no fault.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
# The two places at which the product is used: a telephone held upright, and a desk.
SIZES = {"phone": (320, 800), "desk": (1280, 900)}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def chromium() -> str | None:
    """This function will find the program of Chromium, or of Chrome, on this machine."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "chrome"]
    return next((found for name in names if (found := shutil.which(name))), None)


def assert_accessible(page: Page) -> None:
    """This function will fail with what axe finds wrong in the page, rule by rule and place by place."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(WCAG)}}).response
    lines = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {' '.join(node['target'])}: {node['html']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert not lines, "axe finds fault with {}:\n  {}".format(page.url, "\n  ".join(lines))


def assert_fits(page: Page) -> None:
    """This function will fail when any part of the page reaches beyond a telephone's width."""
    before = page.viewport_size
    page.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    wide = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => document.documentElement.scrollWidth > window.innerWidth
                         && e.getBoundingClientRect().right > window.innerWidth + 1)
            .map(e => e.tagName.toLowerCase() + '.' + e.className)"""
    )
    if before:
        page.set_viewport_size(before)
    assert not wide, f"{page.url} is wider than a telephone, by: {', '.join(wide[:8])}"


def check(page: Page) -> None:
    """This function will hold the page that is open to all that every page must pass."""
    assert_accessible(page)
    assert_fits(page)


def take_pictures(page: Page, name: str, folder: Path | None = None) -> list[Path]:
    """This function will picture the whole page at both sizes and give the files' names."""
    folder = folder or Path("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    files = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        file = folder / f"{name}-{size}.png"
        page.screenshot(path=file, full_page=True)
        files.append(file)
    if before:
        page.set_viewport_size(before)
    return files


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """This function will start the system's own Chromium, without what reaches for the network."""
    program = chromium()
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    return {**browser_type_launch_args, "executable_path": program, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """This function will give each page a desk's size and a British reader."""
    width, height = SIZES["desk"]
    return {
        **browser_context_args,
        "viewport": {"width": width, "height": height},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """This function will fail a journey on whose pages a script failed or was refused."""
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A page that answers 404 or 403 is an error to Chromium; here it may be the answer wanted.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            wrong.append(message.text)

    def on_error(error: Error) -> None:
        wrong.append(str(error))

    context.on("console", on_console)
    context.on("weberror", lambda error: on_error(error.error))
    context.set_default_timeout(PATIENCE)
    yield context
    assert not wrong, "the browser complained: " + "; ".join(wrong)


@pytest.fixture
def page_without_javascript(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """This function will give a page whose scripts never arrive.

    They are kept away instead of switched off, since axe is a script itself; the content
    security policy leaves no script in a page but those that are fetched.
    """
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(PATIENCE)
    context.route(
        "**/*",
        lambda route: route.abort() if route.request.resource_type == "script" else route.continue_(),
    )
    yield context.new_page()
    context.close()
