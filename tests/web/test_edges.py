"""The edges: what every answer carries, what is let in at all, and what no page ever holds."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fanlight.casework.models import Case, Entry
from tests import make
from tests.addresses import addresses

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


class Inline(HTMLParser):
    """Finds what a content security policy is there to refuse: scripts and styles inside the page, and what is fetched elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This method will look at one element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}> inside the page")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc", "ping", "nonce"):
                self.found.append(f"{name} on <{tag}>")
            if name in ("href", "src", "action", "formaction", "data") and re.match(
                r"\s*(javascript|data|vbscript):", value
            ):
                self.found.append(f"{name}={value}")
            if tag != "a" and name in ("src", "href", "action") and re.match(r"(https?:)?//", value):
                self.found.append(f"<{tag}> from elsewhere: {value}")
        if tag in ("iframe", "object", "embed", "base", "applet"):
            self.found.append(f"<{tag}>")
        if given.get("http-equiv", "").lower() == "refresh":
            self.found.append("a page that goes elsewhere by itself")


def inline_in(text: str) -> list[str]:
    """This function will give what stands inside a page that should not."""
    parser = Inline()
    parser.feed(text)
    return parser.found


def test_no_page_holds_a_script_a_style_or_anything_from_elsewhere(cast, case, report, as_):
    found: dict[str, list[str]] = {}
    for member in (None, cast.carys, cast.huw, cast.iris):
        browser = as_(member)
        for address in addresses():
            for matter in (case, report) if address.is_of_a_case else (case,):
                path = address.of(reference=matter.reference)
                for answer in (browser.get(path), browser.post(path, {"do": "open", "seen": "99"})):
                    if answer.headers.get("Content-Type", "").startswith("text/html"):
                        if inline := inline_in(answer.content.decode()):
                            found.setdefault(address.name, []).extend(inline)
    assert found == {}


def test_the_probe_for_what_is_inline_is_awake():
    assert inline_in('<p style="x">') == ["style on <p>"]
    assert inline_in("<script>1</script>") == ["<script> inside the page"]
    assert inline_in('<a href="javascript:1" onclick="x">') == ["href=javascript:1", "onclick on <a>"]
    assert inline_in('<script src="https://elsewhere.example/x.js">') == [
        "<script> from elsewhere: https://elsewhere.example/x.js"
    ]


def test_no_picture_or_script_of_ours_holds_what_the_policy_refuses():
    wrong = []
    for file in settings.STATICFILES_DIRS[0].rglob("*"):
        text = file.read_text(encoding="utf-8", errors="replace") if file.suffix in (".svg", ".js", ".css") else ""
        if file.suffix == ".svg":
            wrong.extend(f"{file.name}: {one}" for one in inline_in(text))
        if file.suffix == ".js" and re.search(r"\beval\(|new Function\(|document\.write\(", text):
            wrong.append(f"{file.name} makes code out of words")
    assert wrong == []


def test_the_policy_allows_nothing_but_our_own(cast, as_):
    given = set(re.split(r"; ?", as_(cast.asha).get("/cases").headers["Content-Security-Policy"]))
    assert given >= POLICY
    assert {one.partition(" ")[0] for one in given} == {one.partition(" ")[0] for one in POLICY} | {"form-action"}
    assert not any("unsafe" in one or "*" in one or "http" in one for one in given)


# ── Files, and too much of anything ──────────────────────────────────────────────────────────────────────────────────


def files_under(*folders: Path) -> set[Path]:
    """This function will give every file under some folders."""
    return {file for folder in folders for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "address", ["/report", "/sign-in", "/api/reports", "/cases/{reference}/record/contact", "/nowhere"]
)
def test_a_file_is_refused_before_anything_of_it_is_written(address, cast, case, as_, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = Case.objects.count(), Entry.objects.count()
    browser = as_(None if address == "/sign-in" else cast.asha)
    # Larger than what Django keeps in memory, in a form that is otherwise right.
    body = (
        '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nHeard.\r\n'
        '--x\r\nContent-Disposition: form-data; name="f"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        f"{'p' * 900_000}\r\n--x--\r\n"
    )
    sent = browser.generic("POST", address.format(reference=case.reference), body, "multipart/form-data; boundary=x")
    assert sent.status_code in (400, 404, 415), sent.status_code
    if address == "/report":
        assert sent.status_code == 415
        assert "Fanlight takes no files" in sent.content.decode()
    assert files_under(tmp_path) == set()
    assert (Case.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("address", ["/report", "/sign-in", "/api/reports", "/cases", "/nowhere"])
def test_more_than_a_form_can_hold_is_refused_with_a_sentence(address, cast, as_):
    browser = as_(cast.asha)
    for kind in (
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
    ):
        sent = browser.generic("POST", address, "n" * (1024 * 1024 + 1), kind)
        assert sent.status_code == 413
        assert "too long" in sent.content.decode()
    for length in ("-1", "1e3", "9" * 5000):
        assert browser.generic("POST", address, "x", CONTENT_LENGTH=length).status_code == 413


def test_too_many_fields_are_refused_with_a_sentence(cast, as_):
    sent = as_(cast.asha).generic(
        "POST", "/report", "&".join(f"f{n}=1" for n in range(1001)), "application/x-www-form-urlencoded"
    )
    assert sent.status_code == 413
    assert "Nothing was saved" in sent.content.decode()


@pytest.mark.parametrize(
    "path", ["/cases/%00", "/cases/CO%00", "/api/cases/%00", "/cases?patch=%00", "/api/duties?reference=%00"]
)
def test_a_null_character_in_an_address_is_refused_before_anything_is_asked(path, cast, as_, django_assert_num_queries):
    browser = as_(cast.asha)
    with django_assert_num_queries(0):
        assert browser.get(path).status_code == 400


def test_a_null_character_in_a_cookie_is_refused(cast, as_):
    browser = as_(None)
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 20 + "\x00"
    assert browser.get("/cases").status_code == 400


def test_a_request_for_another_host_is_refused(cast, as_):
    assert as_(cast.asha).get("/cases", headers={"host": "elsewhere.example"}).status_code == 400


# ── From our own pages alone ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"origin": "https://localhost"}, True),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "null"}, True),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "null", "sec-fetch-site": "same-site"}, False),
        ({"origin": "null", "sec-fetch-site": "none"}, False),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "https://elsewhere.example", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "http://localhost"}, False),
        ({"referer": "https://elsewhere.example/"}, False),
        ({}, False),
    ],
)
def test_over_tls_a_form_is_taken_from_our_own_pages_alone_and_no_referrer_is_needed(headers, taken, cast, case, as_):
    browser = as_(cast.asha)
    browser.handler.enforce_csrf_checks = True
    address = reverse("record-kind", args=[case.reference, "contact"])
    shown = browser.get(address, secure=True).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)[1]
    typed = {"csrfmiddlewaretoken": token, "reach": make.they_rang(case), "own-result": "spoke", "seen": "99"}
    sent = browser.post(address, typed, secure=True, headers=headers)
    assert (sent.status_code == 302) is taken, sent.status_code
    # With the token of somebody else, nothing is.
    typed["csrfmiddlewaretoken"] = "x" * 64
    assert browser.post(address, typed, secure=True, headers=headers).status_code == 403


def test_a_fault_of_ours_in_the_api_says_its_number_and_nothing_else(cast, as_, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Maria Novak")

    monkeypatch.setattr("fanlight.casework.queries.my_duties.my_duties", broken)
    browser = as_(cast.asha)
    browser.raise_request_exception = False
    told = browser.get("/api/duties")
    assert told.status_code == 500
    assert re.fullmatch(r"[0-9A-F]{8}", told.json()["fault"])
    assert "Maria" not in told.content.decode()


def test_static_files_may_be_kept_and_carry_the_policy(client: Client):
    served = client.get(f"{settings.STATIC_URL}fanlight.css", headers={"host": "localhost"})
    assert "default-src 'none'" in served.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in served.headers
