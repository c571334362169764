"""What must not be forgotten, over everything at once.

More promises are kept where their subject is: every address and member of the cast in `web/test_who_may_open_what.py`,
one row in the log for every action in `actions/test_the_log.py`, projections in `actions/test_projections.py`,
the same queries for one case and for many in `queries/test_lists.py`, the engine's purity, requirements and documents in
`engine/`, every page under axe in `journeys/`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from fanlight.casework import settings
from fanlight.casework.access import PERMISSIONS
from fanlight.casework.models import Entry, Log, Staff
from fanlight.casework.web import middleware
from tests.addresses import METHODS, addresses
from tests.web.conftest import as_, case, cast, report, the_clock

__all__ = ["as_", "case", "cast", "report", "the_clock"]

ROOT = Path(__file__).parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
LANDLORD = (ROOT / "docs" / "landlord.md").read_text(encoding="utf-8")


def first_cells(text: str) -> set[str]:
    """This function will give the words in code that stand in the first column of any table."""
    return {
        word for row in re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE) for word in re.findall(r"`([^`]+)`", row)
    }


def test_every_setting_is_documented_and_no_other() -> None:
    # What the settings know is private to them; here it is held against the guide.
    given = ("DATABASE_URL", "KEY_STORE_URL", "SECRET_KEY")
    known = {*settings._KNOWN, *given, *(f"{name}_FILE" for name in given)}
    documented = {word for word in first_cells(OPERATING) if word.isupper()}
    assert documented == known


def test_every_permission_is_documented_and_no_other() -> None:
    documented = {word for word in first_cells(LANDLORD) if ":" in word}
    known = {"approve:KIND" if name.startswith("approve:") else name for name in PERMISSIONS}
    assert documented == known


def test_every_link_of_the_documents_leads_somewhere() -> None:
    broken = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
        if not (document.parent / link).exists()
    ]
    assert broken == []


def test_every_decision_says_what_it_decided_instead_of_what_and_at_what_cost() -> None:
    for record in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = record.read_text(encoding="utf-8")
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", record.name)
        assert "**Decided" in text, record.name
        assert "**Instead of" in text, record.name
        assert "**Consequences" in text or "**What it costs" in text, record.name


def test_every_test_that_answers_a_threat_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert named
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or (test and f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert missing == []


@pytest.mark.django_db
def test_every_table_of_what_happened_refuses_to_be_changed() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select tbl_name, sql from sqlite_master where type = 'trigger'")
            found = {
                (table, verb) for table, text in cursor for verb in ("update", "delete") if f" {verb} " in text.lower()
            }
        else:
            cursor.execute("select event_object_table, lower(event_manipulation) from information_schema.triggers")
            found = set(cursor.fetchall())
    wanted = {(model._meta.db_table, verb) for model in (Entry, Log) for verb in ("update", "delete")}
    assert wanted <= found


HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def answers_that_lack_a_header(browsers: dict[str, Any], reference: str) -> list[str]:
    """This function will ask every address in every way, and give each answer that lacks what all must carry."""
    wrong = []
    # Signing out comes last: nobody is signed in after it.
    ordered = sorted(addresses(), key=lambda address: address.name == "sign-out")
    paths = {address.name: address.of(reference=reference) for address in ordered}
    paths = {"nowhere": "/nowhere", "nowhere of the API": "/api/nowhere", "no such case": "/cases/CO-1", **paths}
    for who, browser in browsers.items():
        for name, path in paths.items():
            for method in METHODS:
                answer = browser.generic(method, path)
                for header, value in HEADERS.items():
                    if value not in answer.headers.get(header, ""):
                        wrong.append(f"{who}: {method} {name} ({answer.status_code}) lacks {header}")
                for cookie in answer.cookies.values():
                    if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax"):
                        wrong.append(f"{who}: {method} {name} sets a cookie that a script can read")
        broken = browser.generic("POST", "/report", "n" * 2_000_000, "text/plain")
        if any(value not in broken.headers.get(header, "") for header, value in HEADERS.items()):
            wrong.append(f"{who}: what is too long lacks a header")
    return wrong


def test_no_response_may_be_kept_and_every_one_carries_the_policy(
    cast: Any, case: Any, as_: Callable[[Staff | None], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers = {"nobody": as_(None), "carys": as_(cast.carys)}
    assert answers_that_lack_a_header(browsers, case.reference) == []

    # The probe is awake: with one header less on every answer, it finds them all.
    monkeypatch.delitem(middleware.HEADERS, "Cache-Control")
    assert answers_that_lack_a_header({"nobody": as_(None)}, case.reference)
