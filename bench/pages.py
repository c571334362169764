"""Pages against a bare page of the same server, in rounds: at 1,000 cases and at 100,000, side by side."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, TypeVar

from bench.addresses import request_of
from bench.server import BARE, Server, Unexpected
from fanlight.casework.instruments import instruments_at
from fanlight.present import present

Asked = TypeVar("Asked")

IN_A_ROUND = 5
"""How often a page is asked for before the next has its turn."""
WARM_UP = 30
FAULTY = b"govuk-error-summary"
"""What stands on a page that was not done as it was asked."""

DUTIES, CASE, RECORD, RECORD_LONG, BARE_PAGE = (
    "my duties, a page of 50",
    "the case, 60 entries",
    "record an entry",
    "the same in a case of 60 entries and more",
    "a bare page",
)
ASSESS = "complete a risk assessment of 24 answers"
FIND = "find a person"
CHECK, CHECK_API = "address check, the page", "address check, as the housing system asks"
LIMITS: Mapping[str, float] = {DUTIES: 30, CASE: 25, RECORD: 20, ASSESS: 20, FIND: 25, CHECK: 10, CHECK_API: 10}
GROWTH = 1.3
"""What a page may take at the larger size, against the smaller."""

FIFTY, SIXTY = 50, 60


@dataclass(slots=True)
class Times:
    """What a page took: the seconds of each request, and the processor's seconds of each turn, for one request."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Figure:
    """A page at one size: medians in seconds, and against the bare page of the same server."""

    seconds: float
    processor: float
    ratio: float
    processor_ratio: float


# Each case has its own answer to whom it was: the person at risk, who rang.
_REACHED_US = re.compile(rb'value="([0-9]*/they_reached_us)"')


class Visitor:
    """An officer at her desk: what she asks for, and what must come back."""

    def __init__(self, server: Server, loaded: Mapping[str, Any]) -> None:
        self.server = server
        self.long_cases: Sequence[str] = loaded["long cases"]
        self.short_cases: Sequence[str] = loaded["short cases"]
        self.asked = dict.fromkeys((DUTIES, CASE, RECORD, ASSESS, RECORD_LONG, CHECK, CHECK_API, BARE_PAGE), 0)
        self.homes: Mapping[str, Sequence[str]] = loaded["homes"]
        items = instruments_at("connect", present().date())["dash"].items
        self.answers = {
            f"item-{item.key}-said": "no" if item.decides or number % 2 else "yes" for number, item in enumerate(items)
        }
        self.seen: dict[str, int] = {}
        self.reached: dict[str, str] = {}
        server.sign_in(loaded["email"], loaded["password"], loaded["secret"])
        self._check()
        self.times = {page: Times() for page in self.asked}

    def _check(self) -> None:
        """This function will see that the pages are those that they are said to be."""
        duties = self.server.get("/duties").count(b"app-row--three")
        if duties != FIFTY:
            raise Unexpected(f"My duties shows {duties} duties, not {FIFTY}.")
        for reference in self.long_cases:
            entries = self.server.get(f"/cases/{reference}").count(b'id="entry-')
            if entries != SIXTY:
                raise Unexpected(f"The case {reference} shows {entries} entries, not {SIXTY}.")
        for reference in (*self.short_cases, *self.long_cases[::2]):
            page = self.server.take_token(f"/cases/{reference}/record/contact")
            self.seen[reference] = int(page.partition(b'name="seen" value="')[2].partition(b'"')[0])
            self.reached[reference] = found[1].decode() if (found := _REACHED_US.search(page)) else ""

    def request(self, page: str) -> tuple[bytes, bytes]:
        """This function will give the next request for a page, and how its answer must begin."""
        turn = self.asked[page]
        self.asked[page] += 1
        if page == BARE_PAGE:
            return self.server.request("GET", BARE), b"HTTP/1.1 200"
        if page in (CHECK, CHECK_API):
            uprn = _in_turn(self.homes["without" if turn % 2 else "with a case"], turn)
            if page == CHECK_API:
                return request_of(self.server, uprn), b"HTTP/1.1 200"
            asked = {"purpose": "arrears", "line": "", "postcode": "", "reference": uprn}
            return self.server.request("POST", "/address-check", asked), b"HTTP/1.1 200"
        if page == DUTIES:
            return self.server.request("GET", "/duties"), b"HTTP/1.1 200"
        # Half of the long cases are written in, and grow; the others keep their sixty entries.
        if page == CASE:
            reference = _in_turn(self.long_cases[1::2], turn)
            return self.server.request("GET", f"/cases/{reference}"), b"HTTP/1.1 200"
        reference = _in_turn(self.long_cases[::2] if page == RECORD_LONG else self.short_cases, turn)
        if page == ASSESS:
            return self._assessment(reference), b"HTTP/1.1 302"
        form = {
            "own-method": "phone", "own-result": "spoke", "own-safe": "yes", "at-which": "now",
            "note": "She is well. The new locks hold, and her sister is with her until Sunday.",
            "seen": str(self.seen[reference]), "reach": self.reached[reference],
        }  # fmt: skip
        self.seen[reference] += 1
        return self.server.request("POST", f"/cases/{reference}/record/contact", form), b"HTTP/1.1 302"

    def _assessment(self, reference: str) -> bytes:
        """What completes an assessment, whose answers are kept as a draft before, which is not measured."""
        path = f"/cases/{reference}/assessments/new/dash"
        _, kept = self.server.send(self.server.request("POST", path, self.answers))
        if not kept.startswith(b"HTTP/1.1 302"):
            raise Unexpected(f"A draft was answered with: {kept[:3000].decode(errors='replace')}")
        form = {
            "judged_high": "no", "reason": "She is with her sister, and he does not know where that is.",
            "incidents": "1", "note": "", "seen": str(self.seen[reference]),
        }  # fmt: skip
        self.seen[reference] += 1
        return self.server.request("POST", f"{path}/check", form)

    def turn(self, page: str, times: int, *, counts: bool = True) -> None:
        """This function will ask for a page a few times in a row."""
        requests = [self.request(page) for _ in range(times)]
        before = self.server.processor()
        taken = []
        for request, must_begin in requests:
            seconds, answer = self.server.send(request)
            if not answer.startswith(must_begin) or FAULTY in answer:
                raise Unexpected(f"{page} was answered with: {answer[:3000].decode(errors='replace')}")
            taken.append(seconds)
        # A worker closes the connection a moment before it is done with the request.
        time.sleep(0.002)
        if counts:
            self.times[page].seconds += taken
            self.times[page].processor.append((self.server.processor() - before) / times / 1e9)

    def figures(self) -> dict[str, Figure]:
        """This function will give what was measured."""
        found: dict[str, Figure] = {}
        bare = self.times[BARE_PAGE]
        for page, times in self.times.items():
            seconds, processor = median(times.seconds), median(times.processor)
            found[page] = Figure(seconds, processor, seconds / median(bare.seconds), processor / median(bare.processor))
        return found


def _in_turn(references: Sequence[Asked], turn: int) -> Asked:
    return references[turn % len(references)]


def search(
    server: Server, loaded: Mapping[str, Any], rounds: int, progress: Callable[[], object]
) -> tuple[float, float, float]:
    """This function will look for somebody else each time, in turn with the bare page: the ratio of the medians, and both in seconds."""
    server.sign_in(loaded["email"], loaded["password"], loaded["secret"])
    server.take_token("/find")
    found = Times(), Times()
    requests = [
        server.request("POST", "/find", {"reference": "", "purpose": "working", **one}) for one in loaded["searches"]
    ]
    bare = server.request("GET", BARE)
    for turn in range(-WARM_UP // IN_A_ROUND, rounds):
        for place, times in enumerate(found):
            for one in range(IN_A_ROUND):
                seconds, answer = server.send(_in_turn(requests, turn * IN_A_ROUND + one) if place else bare)
                if not answer.startswith(b"HTTP/1.1 200") or FAULTY in answer:
                    raise Unexpected(f"A search was answered with: {answer[:3000].decode(errors='replace')}")
                if turn >= 0:
                    times.seconds.append(seconds)
        progress()
    of_bare, of_search = (median(times.seconds) for times in found)
    return of_search / of_bare, of_search, of_bare


def measure(visitors: Sequence[Visitor], rounds: int, progress: Callable[[], object]) -> None:
    """This function will go round all pages of all servers, again and again, so that all meet the same weather."""
    for visitor in visitors:
        for page in visitor.asked:
            visitor.turn(page, WARM_UP, counts=False)
    for _ in range(rounds):
        for page in visitors[0].asked:
            for visitor in visitors:
                visitor.turn(page, IN_A_ROUND)
        progress()
