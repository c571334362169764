"""Takes out of a text what would say who somebody is: their names, numbers and addresses, however they were typed; pure.

What is taken out is not there any more: a mark stands in its place, the same for everybody, so that it does not say who was meant.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

TAKEN_OUT = "[taken out]"

_APOSTROPHES = "\u2019\u2018\u02bc\u02b9`\u00b4\u2032"
_SHORTEST = 2
_FEWEST_DIGITS = 6
_SAME_DIGITS = 9
"""A British number is the same with 0 or +44 before it: its last nine figures are compared."""
_SHORTEST_LINE = 4
_SHORTEST_HOUSE = 8
"""So many letters and figures of a line of an address, and it is known again by them: "12 Mill Road", and not "Flat 9"."""
_LONG_STREET = 6
"""So many letters of a street, and it is known again by them and its number where what kind of street it is was left out."""
_KINDS_OF_STREET = (
    *(("road", "rd"), ("street", "st", "str", "saint", "snt"), ("avenue", "ave", "av"), ("close", "cl", "cls")),
    *(("lane", "ln", "la"), ("drive", "drv", "dr"), ("crescent", "cresc", "cres", "crs", "cr"), ("court", "crt", "ct")),
    *(("place", "plc", "pl"), ("terrace", "terr", "ter", "tce"), ("gardens", "garden", "gdns", "gdn", "gds")),
    *(("grove", "grv", "gve", "gr"), ("square", "sq"), ("hill", "hl"), ("park", "pk"), ("walk", "wlk", "wk")),
    *(("way", "wy"), ("mews", "mws"), ("rise", "rse"), ("view", "vw"), ("house", "hse", "ho"), ("mount", "mnt", "mt")),
    *(("flat", "flt", "fl", "apartment", "apt"), ("green", "grn", "gn"), ("parade", "pde"), ("bank", "bk"), ("row",)),
)
"""What stands for the same word of an address, the long ones first: "St" is Saint or Street."""
_ALSO = {word: kind for kind in _KINDS_OF_STREET for word in kind}


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
    kept = {said for name in shown for said in _said_alone(name)}
    spans = [span for one in hidden for span in _spans(one, folded, kept)]
    return _without(text, [(places[start], _end(text, places[end - 1] + 1)) for start, end in spans])


def says(text: str, hidden: Iterable[Hidden], shown: Iterable[str] = ()) -> bool:
    """This function will say whether a text says anything of who the hidden are."""
    return taken_out(text, hidden, shown) != text


def gives_away(text: str, address: str) -> bool:
    """This function will say whether a text says an address: the line of the house, or its postcode, however they were typed."""
    folded = _folded(text)[0]
    lines = [line for line in _lines(address) if _postcode_of(line)[1]]
    house = lines[:1] if lines and len(_letters(lines[0])) >= _SHORTEST_HOUSE else [" ".join(lines[:2]), *lines[1:2]]
    wanted = [pattern for line in house if len(_letters(line)) >= _SHORTEST_HOUSE for pattern in _of_line(line)]
    wanted += [pattern for line in _lines(address) for pattern in _postcode_of(line)[0]]
    return any(re.search(pattern, folded) for pattern in wanted)


def digits(phone: str) -> str:
    """This function will give the figures by which a telephone number is compared."""
    return re.sub(r"\D", "", phone)[-_SAME_DIGITS:]


def _national(phone: str) -> str:
    """All figures of a number but those by which it is reached from elsewhere in the country, or from abroad."""
    return re.sub(r"^(?:(?:00)?440?|0)", "", re.sub(r"\D", "", phone))


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
            yield rf"(?<!\w){_SEAM.join(map(_typed, words))}(?!\w)"
        # Two that stand beside each other are one as well: Jean-Luc, JeanLuc; O'Neill, ONeill.
        for each in (*((word,) for word in words), *pairwise(words)):
            alone = "".join(each)
            if len(alone) >= _SHORTEST and alone not in kept and not (len(each) > 1 and kept.issuperset(each)):
                # With what is often put behind a name: Dee's, Dees.
                yield rf"(?<!\w){_SEAM.join(map(_typed, each))}(?:'?s)?(?!\w)"


def _said_alone(name: str) -> Iterator[str]:
    words = _words(name)
    yield from words
    yield from ("".join(pair) for pair in pairwise(words))


def _typed(word: str) -> str:
    """A word with a hyphen or an apostrophe anywhere in it, as in Mary's and Marys."""
    return "['-]?".join(map(re.escape, word))


def _of_words(hidden: Hidden) -> Iterator[str]:
    for phone in hidden.phones:
        compared = digits(phone)
        if len(compared) >= _FEWEST_DIGITS:
            lead = "".join(f"{figure}{_BETWEEN}" for figure in _national(phone)[:-_SAME_DIGITS])
            yield rf"(?:(?:{_FROM_ABROAD})?{lead}|\+?[\d(][\d ()./-]{{0,6}})?{_BETWEEN.join(compared)}(?!\d)"
    for email in hidden.emails:
        if email.strip():
            yield re.escape(_folded(email.strip())[0])
    for address in hidden.addresses:
        for line in _lines(address):
            yield from (*_postcode_of(line)[0], *_of_line(line))
    for word in hidden.words:
        if words := _words(word):
            yield rf"(?<!\w){_NOTHING_BETWEEN.join(map(_typed, words))}(?!\w)"


_SEAM = r"[\s\-'.]*"
_BETWEEN = r"[\W_]{0,4}"
"""Whatever is no letter and no figure may stand between the figures of a number."""
_ABROAD = rf"(?:\+|(?<!\d)00){_BETWEEN}"
_FROM_ABROAD = rf"(?:{_ABROAD})?44{_BETWEEN}0?{_BETWEEN}|\(?(?<!\d)0{_BETWEEN}|{_ABROAD}"
_POSTCODE = re.compile(r"(?<!\w)([a-z]{1,2}[0-9][a-z0-9]?)[\s-]*([0-9][a-z]{2})(?!\w)")


def _lines(address: str) -> list[str]:
    folded = (_folded(" ".join(part.split()))[0] for each in address.split("\n") for part in each.split(","))
    return [line for line in folded if line.strip()]


def _letters(line: str) -> str:
    return "".join(_words(line))


def _postcode_of(line: str) -> tuple[list[str], str]:
    """The postcode that stands in a line, as it may be typed, and what of the line is none."""
    found = _POSTCODE.search(line)
    if found is None:
        return [], line.strip()
    typed = r"[\W_]{0,2}".join(map(re.escape, found[1] + found[2]))
    return [rf"(?<!\w){typed}(?!\w)"], f"{line[: found.start()].strip()} {line[found.end() :].strip()}".strip()


def _of_line(line: str) -> Iterator[str]:
    """A line of an address, whole; and as far as its street goes, where a number stands before it."""
    words = re.findall(r"\w+", _postcode_of(line)[1].replace("'", ""))
    if len("".join(words)) < _SHORTEST_LINE:
        return
    yield _as_line(words)
    number = next((place for place, word in enumerate(words) if word[0].isdigit()), None)
    if number is None:
        return
    kinds = [place for place, word in enumerate(words) if word in _ALSO and place > number + 1]
    for last in kinds:
        yield _as_line(words[number : last + 1])
        if sum(map(len, words[number + 1 : last])) >= _LONG_STREET:
            yield _as_line(words[number:last])


def _as_line(words: Sequence[str]) -> str:
    return rf"(?<!\w){_NOTHING_BETWEEN.join(map(_word_of_line, words))}(?!\w)"


_NOTHING_BETWEEN = r"[\W_]*"


def _word_of_line(word: str) -> str:
    """A word of an address: of a kind of street, however that is shortened; a number of a house, with a letter behind it or without."""
    if house := re.fullmatch(r"([0-9]+)[a-z]?", word):
        return rf"{house[1]}(?:[\W_]?[a-z](?![a-z]))?"
    return f"(?:{'|'.join(map(_typed, _ALSO[word]))})" if word in _ALSO else _typed(word)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _folded(text)[0])


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in small letters without marks on them, and for each of its characters the place of the one that it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            kind = unicodedata.category(part)
            if not unicodedata.combining(part) and kind != "Cf":
                folded.append(_plain(part, kind))
                places.append(place)
    return "".join(folded), places


def _plain(part: str, kind: str) -> str:
    if part in _APOSTROPHES:
        return "'"
    if kind == "Nd":
        return str(unicodedata.decimal(part))
    return "-" if kind == "Pd" or part == "\u2212" else part


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
