"""Takes out of a text what would say who somebody is: their names, numbers and addresses, however they were typed; pure.

What is taken out is not there any more: a mark stands in its place, the same for everybody, so that it does not say who was meant.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TAKEN_OUT = "[taken out]"

_APOSTROPHES = "\u2019\u2018\u02bc`\u00b4"
_SHORTEST = 2
_FEWEST_DIGITS = 6
_SAME_DIGITS = 9
"""A British number is the same with 0 or +44 before it: its last nine figures are compared."""
_SHORTEST_LINE = 4


@dataclass(frozen=True, slots=True)
class Hidden:
    """Who must not be known from a text: every name of theirs, their telephone numbers, e-mail addresses, addresses, and other words."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def taken_out(text: str, hidden: Iterable[Hidden], shown: Iterable[str] = ()) -> str:
    """This function will give a text with everything taken out that says who the hidden are.

    `shown` are the names of those who are shown: a name that they have in common with somebody hidden is left, unless it stands
    together with the rest of the hidden one's name.
    """
    folded, places = _folded(text)
    kept = {word for name in shown for word in _words(name)}
    spans = [span for one in hidden for span in _spans(one, folded, kept)]
    return _without(text, [(places[start], _end(text, places[end - 1] + 1)) for start, end in spans])


def says(text: str, hidden: Iterable[Hidden], shown: Iterable[str] = ()) -> bool:
    """This function will say whether a text says anything of who the hidden are."""
    return taken_out(text, hidden, shown) != text


def digits(phone: str) -> str:
    """This function will give the figures by which a telephone number is compared."""
    return re.sub(r"\D", "", phone)[-_SAME_DIGITS:]


def _end(text: str, end: int) -> int:
    """Marks that stand on the last character go with it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _spans(hidden: Hidden, text: str, kept: set[str]) -> Iterator[tuple[int, int]]:
    for pattern in (*_of_names(hidden.names, kept), *_of_words(hidden)):
        yield from (found.span() for found in re.finditer(pattern, text) if found.end() > found.start())


def _of_names(names: Iterable[str], kept: set[str]) -> Iterator[str]:
    for name in names:
        words = _words(name)
        if len(words) > 1:
            yield rf"(?<!\w){_SPACE.join(map(re.escape, words))}(?!\w)"
        for word in words:
            if len(word) >= _SHORTEST and word not in kept:
                # With what is often put behind a name: Dee's, Dees.
                yield rf"(?<!\w){re.escape(word)}(?:'?s)?(?!\w)"


def _of_words(hidden: Hidden) -> Iterator[str]:
    for phone in hidden.phones:
        compared = digits(phone)
        if len(compared) >= _FEWEST_DIGITS:
            yield rf"(?:\+?[\d(][\d ()./-]{{0,6}})?{_BETWEEN.join(compared)}(?!\d)"
    for email in hidden.emails:
        if email.strip():
            yield re.escape(_folded(email.strip())[0])
    for address in hidden.addresses:
        for line in (part for each in address.split("\n") for part in each.split(",")):
            yield from _of_line(line)
    for word in hidden.words:
        if words := _words(word):
            yield rf"(?<!\w){_APART.join(map(re.escape, words))}(?!\w)"


_SPACE = r"[\s\-']+"
_APART = r"[\W_]+"
_BETWEEN = r"[ ()./-]*"


def _of_line(line: str) -> Iterator[str]:
    """A line of an address: whole; with the house by its number and its road; the postcode with or without its gap."""
    folded = _folded(" ".join(line.split()))[0]
    if postcode := re.search(r"([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})$", folded):
        yield rf"(?<!\w){postcode[1]}[\s-]*{postcode[2]}(?!\w)"
        folded = folded[: postcode.start()].strip()
    if len(folded) >= _SHORTEST_LINE:
        yield rf"(?<!\w){_APART.join(re.escape(word) for word in _words(folded))}(?!\w)"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _folded(text)[0])


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in small letters without marks on them, and for each of its characters the place of the one that it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(part) and unicodedata.category(part) != "Cf":
                folded.append("'" if part in _APOSTROPHES else part)
                places.append(place)
    return "".join(folded), places


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    found: list[list[int]] = []
    for start, end in sorted(spans):
        if found and not text[found[-1][1] : start].strip():
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    said, at = [], 0
    for start, end in found:
        said += [text[at:start], TAKEN_OUT]
        at = end
    return "".join((*said, text[at:]))
