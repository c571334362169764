"""The log of the server holds ids alone: canaries are planted in everything that a request can bring, and none comes out."""

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.log import AdminEmailHandler
from gunicorn.config import Config

from fanlight.casework import logs, serving
from tests.web.conftest import as_, case, cast, report, the_clock

__all__ = ["as_", "case", "cast", "report", "the_clock"]

CANARIES = {
    "path": "Canary-Path-Novak",
    "query": "Canary-Query-Novak",
    "body": "Canary-Body-Novak",
    "header": "Canary-Header-Novak",
    "agent": "Canary-Agent-Novak",
    "referrer": "Canary-Referrer-Novak",
    "cookie": "Canary-Cookie-Novak",
    "host": "canary-host-novak.example",
    "method": "CANARYMETHOD",
    "fault": "Canary-Fault-Novak",
    "cause": "Canary-Cause-Novak",
    "local": "Canary-Local-Novak",
}


@contextmanager
def what_is_logged() -> Iterator[io.StringIO]:
    """This function will write what the product's own handler writes to a place where it can be read."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.IdsOnly())
    logging.getLogger().addHandler(handler)
    try:
        yield written
    finally:
        logging.getLogger().removeHandler(handler)


def canaries_in(text: str) -> list[str]:
    """This function will give the canaries that a text holds, by where they were planted."""
    return [where for where, canary in CANARIES.items() if canary.lower() in text.lower()]


def broken(*_: object, **__: object) -> None:
    """This function will fail as our own code might, with everything personal that a fault can carry."""
    name_of_the_person = CANARIES["local"]
    try:
        raise KeyError(CANARIES["cause"])
    except KeyError as cause:
        raise RuntimeError(CANARIES["fault"], name_of_the_person) from cause


def ask_everything(browser: Any, reference: str) -> None:
    """This function will send canaries to every kind of address, in every part of a request."""
    headers = {
        "user-agent": CANARIES["agent"],
        "referer": f"https://localhost/{CANARIES['referrer']}",
        "x-anything": CANARIES["header"],
    }
    browser.cookies["other"] = CANARIES["cookie"]
    query = f"?reference={CANARIES['query']}&search={CANARIES['query']}"
    body = {"note": CANARIES["body"], "reason": CANARIES["body"], "seen": "99", "email": CANARIES["body"]}
    for path in (
        f"/{CANARIES['path']}",
        f"/cases/{CANARIES['path']}",
        f"/api/cases/{CANARIES['path']}",
        f"/cases/{reference}/record/{CANARIES['path']}",
        f"/cases/{reference}/close",
        f"/static/{CANARIES['path']}.css",
        "/duties",
        "/api/duties",
        "/report",
        "/sign-in",
    ):
        browser.get(path + query, headers=headers)
        browser.post(path + query, body, headers=headers)
        browser.generic("POST", path + query, json.dumps(body), "application/json", headers=headers)
        browser.generic(CANARIES["method"], path + query, headers=headers)
        browser.get(path, headers={**headers, "host": CANARIES["host"]})
        browser.generic("POST", path, f"{CANARIES['body']}=1&" * 1100, "application/x-www-form-urlencoded")
        browser.generic("POST", path, CANARIES["body"] * 100_000, "text/plain")


def test_nothing_of_a_request_reaches_the_log(cast, case, as_, monkeypatch):
    monkeypatch.setattr("fanlight.casework.queries.my_duties.my_duties", broken)
    with what_is_logged() as written:
        for member in (None, cast.asha, cast.eve):
            browser = as_(member)
            browser.raise_request_exception = False
            ask_everything(browser, case.reference)
    text = written.getvalue()
    assert canaries_in(text) == []
    assert not re.search(r"Asha|Eve|Maria|Novak|connect\.example", text)
    # It is of use all the same: the kind of fault, where, on which page, for whom by number.
    line = next(line for line in text.splitlines() if "status=500" in line)
    assert f"page=my-duties staff={cast.asha.pk}" in line
    assert "builtins.RuntimeError in" in line
    assert "behind it: builtins.KeyError in" in line
    assert re.search(r"tests/test_logs\.py:\d+ broken", line)
    assert line.startswith("20")
    assert all(line.startswith("20") for line in text.splitlines()), "one line for each record"


def test_a_fault_has_a_number_that_the_page_and_the_log_both_give(cast, as_, monkeypatch):
    monkeypatch.setattr("fanlight.casework.queries.my_duties.my_duties", broken)
    browser = as_(cast.asha)
    browser.raise_request_exception = False
    with what_is_logged() as written:
        shown = browser.get("/duties").content.decode()
    number = re.search(r"The number of this fault is ([0-9A-F]{8})", shown)[1]
    assert f"fault={number} status=500 method=GET page=my-duties" in written.getvalue()
    assert canaries_in(shown) == []


def test_what_a_library_says_of_its_own_accord_is_not_let_through():
    with what_is_logged() as written:
        logging.getLogger("django.security").error("Invalid host: %s", CANARIES["host"])
        logging.getLogger("some.package").warning(f"could not read {CANARIES['body']}")  # noqa: G004 - as others might
        logging.getLogger("gunicorn.error").warning("Invalid request: {}".format(CANARIES["path"]))  # noqa: G001 - so it does
        logging.getLogger("fanlight.casework").warning("A row of %s did not fit", CANARIES["body"])
        logging.getLogger("fanlight.casework").warning("%d rows did not fit\nfor %d", 3, 4)
    text = written.getvalue()
    assert canaries_in(text) == []
    assert "A row of %s did not fit" in text
    assert "3 rows did not fit for 4" in text
    assert len(text.splitlines()) == 5


def test_nothing_is_mailed_to_an_administrator_and_every_handler_writes_ids_alone():
    code = (
        "import django, json, logging; django.setup(); from django.conf import settings;"
        "found = {h for l in [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]"
        " if isinstance(l, logging.Logger) for h in l.handlers if not isinstance(h, logging.NullHandler)};"
        "print(json.dumps([[type(h).__name__, type(h.formatter).__name__] for h in found] + [settings.ADMINS]))"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *handlers, administrators = json.loads(asked.stdout)
    assert handlers == [["StreamHandler", "IdsOnly"]]
    assert AdminEmailHandler.__name__ not in dict(handlers)
    assert administrators == []


# ── gunicorn ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def gunicorn_writes() -> Iterator[None]:
    """This function will let gunicorn's logger open its files, and close them."""
    yield
    for name in ("gunicorn.error", "gunicorn.access"):
        for handler in list(logging.getLogger(name).handlers):
            logging.getLogger(name).removeHandler(handler)
            handler.close()


@pytest.mark.usefixtures("gunicorn_writes")
@pytest.mark.parametrize(
    "form",
    [serving.access_log_format, '%(h)s %(u)s "%(r)s" %(U)s %(q)s %(f)s %(a)s %({x-anything}i)s %({raw_uri}e)s %(m)s'],
)
def test_the_access_log_of_gunicorn_names_no_address_form_or_person(form, tmp_path: Path):
    config = Config()
    file = tmp_path / "access"
    config.set("accesslog", str(file))
    config.set("access_log_format", form)
    logger = serving.IdsOnlyLogger(config)
    environ = {
        "REQUEST_METHOD": CANARIES["method"],
        "RAW_URI": f"/cases/{CANARIES['path']}?q={CANARIES['query']}",
        "PATH_INFO": f"/cases/{CANARIES['path']}",
        "QUERY_STRING": CANARIES["query"],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": CANARIES["host"],
        "HTTP_REFERER": CANARIES["referrer"],
        "HTTP_USER_AGENT": CANARIES["agent"],
        "HTTP_AUTHORIZATION": "Basic Q2FuYXJ5Om5vdGhpbmc=",
    }
    answer = SimpleNamespace(status="200 OK", sent=12, headers=[("Location", f"/cases/{CANARIES['path']}")])
    logger.access(answer, SimpleNamespace(headers=[("X-ANYTHING", CANARIES["header"])]), environ, timedelta(seconds=1))
    for handler in logger.access_log.handlers:
        handler.flush()
    assert canaries_in(file.read_text()) == []
    assert file.read_text().count("\n") == 1


@pytest.mark.usefixtures("gunicorn_writes")
def test_the_faults_that_gunicorn_writes_hold_ids_alone(tmp_path: Path):
    config = Config()
    file = tmp_path / "faults"
    config.set("errorlog", str(file))
    logger = serving.IdsOnlyLogger(config)
    try:
        broken()
    except RuntimeError:
        logger.exception("Error handling request %s %s", "GET", f"/cases/{CANARIES['path']}")
    logger.warning("Invalid request from ip={}: {}".format(CANARIES["host"], CANARIES["header"]))  # noqa: G001 - so it does
    logger.debug("%s %s", "GET", CANARIES["path"])
    logger.critical("WORKER TIMEOUT (pid:%s)", 12)
    logger.info("Listening at: %s (%s)", "http://127.0.0.1:8000", 12)
    text = file.read_text()
    assert canaries_in(text) == []
    assert "RuntimeError in" in text
    assert "WORKER TIMEOUT (pid:12)" in text
    assert "Listening at: http://127.0.0.1:8000 (12)" in text
