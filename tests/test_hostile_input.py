"""Whatever is sent, by a form or to the API: an answer with a sentence, never a fault of ours, never given back as it came.

A bounded part of it runs with the other tests; `make security` tries twenty times as much, by chance.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from fanlight.casework.models import Entry, Log, Staff
from tests import make
from tests.addresses import METHODS, addresses
from tests.api.test_who_may_ask_what import body_of, operations, path_of
from tests.web.conftest import as_, case, cast, report, the_clock

__all__ = ["as_", "case", "cast", "report", "the_clock"]

As = Callable[[Staff | None], Client]

TIMES = 20 if settings.get_current_profile_name() == "chance" else 1
BRIEF: Mapping[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.generate],
    "database": None,
}

MARKUP = '"><script>canary(1)</script><img src=x onerror=canary(1)>'
HOSTILE = (
    MARKUP,
    "' onfocus=canary(1) autofocus='",
    "javascript:canary(1)",
    "</textarea></title><svg/onload=canary(1)>",
    "{{ 7 * 191 }}{% debug %}${7*191}#{7*191}<%= 7 * 191 %>",
    "{{ config.__class__.__init__.__globals__ }}",
    "' OR '1'='1' --",
    "1; DROP TABLE casework_entry; --",
    "%' UNION SELECT name FROM casework_staff --",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "a\x00b",
    "\u202etxt.exe",
    "\u2066\u2069\u200b\ufeff",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "z" + "\u0301" * 500,
    "\r\nSet-Cookie: canary=1",
    "%s%s%n{0}{name}",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "0x7f",
    "\uff11\uff12",  # digits, and not ASCII
    "2026-02-30",
    "9999-12-31T23:59:59+14:00",
    "n" * 200_000,
)
GIVEN_BACK = ("<script>canary", "<img src=x", "<svg/onload", "' onfocus=canary", "1337")
INSIDES = ("Traceback (most recent call last)", "django.db", "psycopg", "sqlite3.", "site-packages", "OperationalError")


ROUNDS = range(0, len(HOSTILE), 1 if TIMES > 1 else 14)
"""Where in the list of hostile words a round begins: each place of a form gets the next of them."""


def hostile_words(begin: int) -> Iterator[str]:
    """This function will give hostile words for ever, beginning somewhere in the list."""
    return islice(cycle(HOSTILE[:-1]), begin, None)


def faults_of(answer: Any) -> list[str]:
    """This function will give what is wrong with an answer, whatever was asked."""
    text = answer.content.decode("utf-8", "replace")
    is_json = "json" in answer.headers.get("Content-Type", "")
    wrong = [f"gives back {one}" for one in GIVEN_BACK if one in text and not is_json]
    wrong += [f"shows the inside: {one}" for one in INSIDES if one in text]
    if answer.status_code >= 500:
        wrong.append(f"is answered with {answer.status_code}")
    if "canary" in "".join(f"{name}{value}" for name, value in answer.headers.items() if name != "Location"):
        wrong.append("gives back a header")
    if is_json and text:
        # Within it every word is a string; an angle bracket would let it be taken for a page.
        wrong += ["holds an angle bracket"] if "<" in text or ">" in text else []
        json.loads(text)
    return wrong


def asked(browser: Client, method: str, path: str, body: str = "", kind: str = "") -> list[str]:
    """This function will send something, take back what it wrote, and give what is wrong with the answer."""
    browser.raise_request_exception = False
    with transaction.atomic():
        try:
            wrong = faults_of(browser.generic(method, path, body, kind or "application/octet-stream"))
        except Exception as fault:
            wrong = [f"breaks: {type(fault).__name__}"]
        transaction.set_rollback(True)
    return wrong


# ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Fields(HTMLParser):
    """Gathers what the forms of a page send."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This method will look at one element."""
        given = dict(attrs)
        if tag in ("input", "select", "textarea", "button") and (name := given.get("name")):
            self.found.setdefault(name, given.get("value") or "")


def forms_of(browser: Client, reference: str, of_the_report: str) -> Iterator[tuple[str, dict[str, str]]]:
    """This function will give every address that shows a form, with what the form would send."""
    for address in addresses():
        if address.name == "sign-out":
            continue
        for matter in (reference, of_the_report) if address.is_of_a_case else (reference,):
            path = address.of(reference=matter)
            shown = browser.get(path)
            if shown.status_code == 200 and shown.headers["Content-Type"].startswith("text/html"):
                fields = Fields()
                fields.feed(shown.content.decode())
                yield path, fields.found


def test_no_form_breaks_or_gives_back_what_was_typed_as_it_came(cast, case, report, as_):
    browser, wrong, tried = as_(cast.carys), [], 0
    kept = ("csrfmiddlewaretoken", "mark", "seen")
    for path, fields in list(forms_of(browser, case.reference, report.reference)):
        for begin in ROUNDS:
            words = hostile_words(begin)
            everything = {name: value if name in kept else next(words) for name, value in fields.items()}
            bodies = [
                everything,
                {**everything, **dict(zip(("seen", "mark", "do", "duty", "of"), words, strict=False))},
            ]
            for body in bodies:
                tried += 1
                found = asked(
                    browser, "POST", path, urlencode(body, errors="surrogatepass"), "application/x-www-form-urlencoded"
                )
                wrong += [f"POST {path} from {begin}: {one}" for one in found]
    assert wrong == []
    assert tried > 100


def test_no_address_breaks_or_gives_back_what_was_asked(cast, case, as_):
    wrong = []
    names = (
        "page",
        "reference",
        "case",
        "search",
        "status",
        "patch",
        "grade",
        "lead",
        "row",
        "force",
        "list",
        "desk",
        "done",
        "duty",
        "to",
        "next",
        "show",
    )
    for who in (None, cast.carys):
        browser = as_(who)
        for begin in ROUNDS:
            words = (quote(word, safe="", errors="surrogatepass") for word in hostile_words(begin))
            query = "&".join(f"{name}={word}" for name, word in zip(names, words, strict=False))
            for address in addresses():
                if address.name == "sign-out":
                    continue
                path = address.of(reference=case.reference)
                values = dict(zip(("reference", "kind", "fact", "area"), words, strict=False))
                for one in {f"{path}?{query}", address.of(**values)}:
                    wrong += [f"GET {one[:80]} {fault}" for fault in asked(browser, "GET", one)]
    assert wrong == []


@pytest.mark.parametrize("method", METHODS)
def test_no_method_breaks_an_address_and_trace_gives_nothing_back(method, cast, case, as_):
    wrong = []
    for who in (None, cast.carys) if TIMES > 1 else (cast.carys,):
        browser = as_(who)
        browser.defaults["HTTP_X_CANARY"] = "canary"
        for address in addresses():
            if address.name != "sign-out":
                wrong += asked(browser, method, address.of(reference=case.reference), MARKUP, "text/html")
                wrong += asked(browser, method, address.of(reference=case.reference), "\x00\xff", "application/json")
    assert wrong == []


def test_what_is_hostile_and_recorded_is_shown_as_words(cast, case, as_, the_clock):
    for minute, hostile in enumerate(HOSTILE, start=1):
        moment = make.later(hours=4, minutes=minute)
        make.make_entry(case, "contact", cast.asha, now=moment, result="spoke", safe=True, note=hostile)
    the_clock(make.later(hours=6))
    browser = as_(cast.asha)
    for address in (reverse("case", args=[case.reference]), reverse("api:case", args=[case.reference])):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert faults_of(answer) == []
    notes = [line["note"] for line in browser.get(reverse("api:case", args=[case.reference])).json()["story"]]
    assert {hostile.replace("\x00", "").strip() for hostile in HOSTILE} <= set(notes)
    assert "&lt;script&gt;canary(1)" in browser.get(reverse("case", args=[case.reference])).content.decode()


@settings(max_examples=40 * TIMES, **BRIEF)
@given(
    kind=st.sampled_from(["contact", "share", "assessment", "move", "struck", "receipt", "override", "nonsense"]),
    typed=st.dictionaries(
        st.sampled_from(
            [
                "own-to",
                "own-result",
                "reach",
                "reach_value",
                "reach_past",
                "own-ground",
                "fact-score",
                "at-day",
                "at-month",
                "at-year",
                "at-time",
                "note",
                "of",
                "seen",
            ]
        ),
        st.one_of(st.text(max_size=30), st.integers().map(str), st.sampled_from(HOSTILE[:-1])),
    ),
)
def test_a_form_filled_in_by_chance_is_answered(
    kind: str, typed: dict[str, str], cast: Any, case: Any, as_: As
) -> None:
    path = reverse("record-kind", args=[case.reference, kind])
    body = urlencode({name: value.encode("utf-8", "replace") for name, value in typed.items()})
    assert asked(as_(cast.carys), "POST", path, body, "application/x-www-form-urlencoded") == []


# ── The API ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def operations_of(browser: Client) -> list[Any]:
    """This function will give the operations of the API as schemathesis reads them from its description."""
    described = json.loads(browser.get("/api/openapi.json").content)
    schema = schemathesis.openapi.from_dict(described)
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_what_the_description_allows_and_what_it_does_not_are_both_answered(mode, cast, case, report, as_):
    browser, wrong, codes = as_(cast.carys), [], set()
    browser.raise_request_exception = False
    for operation in operations_of(browser):
        allowed = {int(code) for code in operation.definition.raw["responses"]} | {405}
        matter = report if "/triage/" in operation.path or "/reports/" in operation.path else case

        def ask(sent: Any, real: bool) -> None:
            # Half of them of a case that is there, as what comes after depends on it.
            places = dict(sent.path_parameters or {})
            if real and "reference" in places:
                places["reference"] = matter.reference  # noqa: B023 - asked before the next one comes
            path = re.sub(r"{(\w+)}", lambda found: str(places[found[1]]), operation.path)  # noqa: B023 - as above
            if sent.query:
                path += f"?{urlencode(sent.query, doseq=True, errors='surrogatepass')}"
            body = "" if sent.method == "GET" else _written(sent.body)
            with transaction.atomic():
                answer = browser.generic(sent.method, path, body, "application/json")
                transaction.set_rollback(True)
            codes.add(answer.status_code)
            wrong.extend(f"{sent.method} {operation.path} {one}" for one in faults_of(answer))  # noqa: B023 - as above
            if answer.status_code not in allowed:  # noqa: B023 - as above
                wrong.append(f"{sent.method} {path[:60]} is answered with {answer.status_code}, which is not described")

        sending = given(sent=operation.as_strategy(generation_mode=mode), real=st.booleans())(ask)
        settings(max_examples=5 * TIMES, **BRIEF)(sending)()
    assert wrong == []
    assert codes >= ({200, 404} if mode is GenerationMode.POSITIVE else {404, 422})


def _written(body: Any) -> str:
    try:
        return json.dumps(body)
    except (TypeError, ValueError):
        return "null"


BROKEN_BODIES = (
    "",
    "null",
    "[]",
    "1",
    '"text"',
    "{",
    '{"kind": "visit", "kind": "contact", "expected_sequence": 99}',
    '{"kind": NaN}',
    '{"kind": "visit", "expected_sequence": Infinity}',
    '{"kind": "visit", "expected_sequence": 1e400}',
    f'{{"kind": "visit", "expected_sequence": {"9" * 5000}}}',
    '{"kind": "visit", "expected_sequence": "99"}',
    '{"kind": "visit", "expected_sequence": true}',
    '{"kind": "visit", "note": "\\ud800", "expected_sequence": 99}',
    '{"kind": "visit", "note": "\\u0000", "expected_sequence": 99}',
    '{"kind": "visit", "fields": {"\\u0000": 1}, "expected_sequence": 99}',
    '{"kind": "visit", "fields": {"__proto__": {"a": 1}}, "expected_sequence": 99}',
    '{"kind": "visit", "at": 1e18, "expected_sequence": 99}',
    '{"kind": "visit", "at": "0001-01-01T00:00:00+14:00", "expected_sequence": 99}',
    '{"kind": "visit", "at": "9999-12-31T23:59:59-14:00", "expected_sequence": 99}',
    '{"kind": "visit", "at": "2026-03-03T12:00:00", "expected_sequence": 99}',
    '{"kind": "visit", "of_sequence": 99999999999999999999, "expected_sequence": 99}',
    "[" * 200_000,
    '{"a":' * 100_000,
    f'{{"kind": "visit", "note": "{"n" * 900_000}", "expected_sequence": 99}}',
    "\ufeff{}",
    "\x00",
)


@pytest.mark.parametrize("body", BROKEN_BODIES, ids=lambda body: body[:40])
def test_a_body_that_breaks_the_description_is_refused_and_nothing_is_written(body, cast, case, as_):
    before = Entry.objects.count(), Log.objects.filter(outcome="done").count()
    browser = as_(cast.carys)
    answer = browser.generic("POST", reverse("api:record", args=[case.reference]), body, "application/json")
    assert answer.status_code in (400, 413, 422), answer.content
    assert faults_of(answer) == []
    assert set(answer.json()) <= {"detail", "faults"}
    assert (Entry.objects.count(), Log.objects.filter(outcome="done").count()) == before


@pytest.mark.parametrize("begin", ROUNDS)
def test_hostile_words_in_every_place_of_every_body_are_answered(begin, cast, case, report, as_):
    browser, wrong, words = as_(cast.carys), [], hostile_words(begin)
    for one in operations():
        if one.method == "GET":
            continue
        path, body = path_of(one, cast, case, report), dict(body_of(one.name, cast, case))
        said = [{**body, name: next(words)} for name in (*body, "note", "to", "at", "fields", "kind", next(words)[:80])]
        said += [
            {**body, part: {next(words)[:80]: 1, name: next(words)}}
            for part, name in (("fields", "to"), ("facts", "score"))
        ]
        said += [{**body, "facts": {"children": [next(words)]}}]
        said += [{**body, "overrides": [{"gate": next(words)[:80], "reason": next(words)}]}]
        for sent in said:
            text = json.dumps(sent)
            wrong += [
                f"{one.name} {text[:80]} {fault}" for fault in asked(browser, "POST", path, text, "application/json")
            ]
    assert wrong == []


def test_an_entry_of_the_api_at_a_moment_that_is_told_oddly_is_recorded_at_that_moment_or_refused(cast, case, as_):
    address = reverse("api:record", args=[case.reference])
    told = {"2026-03-03T10:00:00Z": 201, "2026-03-03T11:00:00+01:00": 201, "2026-03-03": 422, "10:00": 422, "": 422}
    for moment, status in told.items():
        body = {"kind": "photographed", "at": moment, "expected_sequence": 99}
        answer = as_(cast.carys).post(address, body, content_type="application/json")
        assert answer.status_code == status, (moment, answer.content)
