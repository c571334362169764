"""Addresses, the same however they were typed: postcodes, streets with their numbers, and which door is meant. Pure."""

import re
from collections.abc import Sequence

from fanlight.casework.folding import folded

_POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2})\b")


def postcode_in(text: str) -> str:
    """This function will give the postcode in a text, folded, or nothing: "LS1 4AP" is "ls14ap"."""
    found = _POSTCODE.search(folded(text))
    return found[1] + found[2] if found else ""


_KINDS_OF_STREET = frozenset(
    {"road", "rd", "street", "str", "avenue", "ave", "av", "close", "cl", "lane", "ln", "drive", "dr", "crescent", "cres", "court"}
    | {"ct", "way", "place", "pl", "terrace", "terr", "ter", "gardens", "gdns", "grove", "gr", "walk", "hill", "square", "sq", "rise"}
    | {"mews", "row", "view", "park", "house", "parade", "green", "croft", "drove"}
)  # fmt: skip
"""What a street is called after its name, which people leave out, shorten and mistake."""

_BEFORE_THE_NAME = frozenset({"stryd", "heol", "ffordd", "lon", "clos", "maes", "rhodfa", "cilgant", "rhes", "teras"})
_THE = frozenset({"the", "y", "yr"})
_INSIDE = frozenset(
    {"flat", "fflat", "apartment", "apt", "unit", "room", "rm", "floor", "block", "ground", "first", "second", "top", "no", "number"}
)  # fmt: skip
_NUMBER = re.compile(r"^[0-9]+[a-z]?$")


def streets_in(text: str) -> tuple[tuple[str, str], ...]:
    """This function will give the streets in an address with the number before each, folded, without the kind of street.

    "Flat 3, 12 Acacia Avenue" is 12 and "acacia"; "12 Park Road Leeds" is 12 and "park". A line without a number gives its words.
    """
    found: list[tuple[str, str]] = []
    for line in re.split(r"[,\n]", _POSTCODE.sub("", text.casefold())):
        number = ""
        words: list[str] = []
        for word in folded(line).split():
            if _NUMBER.match(word):
                number = "" if words else word
            elif word not in _INSIDE:
                words.append(word)
        if street := _street(words):
            found.append((number, street))
        elif number:
            found.append((number, ""))
    return _carried(found)


def _street(words: Sequence[str]) -> str:
    """The name of a street, of the words of a line: up to what kind of street it is, if that stands after a name."""
    if len(words) > 1 and words[0] in _THE and words[1] in _KINDS_OF_STREET:
        return words[1]
    kept = [word for word in words if word not in _THE]
    kept = [_saint_or_street(kept, place) for place in range(len(kept))]
    end = next((place for place in range(1, len(kept)) if kept[place] in _KINDS_OF_STREET), len(kept))
    while end + 1 < len(kept) and kept[end + 1] in _KINDS_OF_STREET:
        end += 1
    kept = kept[:end]
    return " ".join(kept[1:] if len(kept) > 1 and kept[0] in _BEFORE_THE_NAME else kept)


def _saint_or_street(words: Sequence[str], place: int) -> str:
    """What "st" stands for: a saint at the beginning, and where what kind of street it is comes later; or else a street."""
    if words[place] != "st":
        return words[place]
    is_saint = place == 0 or not _KINDS_OF_STREET.isdisjoint(words[place + 1 :])
    return "saint" if is_saint else "street"


_OF_A_FLAT = frozenset({"flat", "fflat", "apartment", "apt", "maisonette", "floor", "room", "rm", "unit"})
_WHICH_FLAT = frozenset(
    {"ground", "first", "second", "third", "fourth", "top", "basement", "garden", "upper", "lower", "front", "rear", "left", "right"}
)  # fmt: skip


def door(address: str) -> str:
    """This function will give an address so that it is the same however it was typed: its numbers and its postcode.

    One postcode has few streets, so the numbers of flat and house say which door it is, whatever is made of the street's name.
    A house without a number goes by its name; an address without a postcode by its numbers and its street.
    """
    code, numbers = postcode_in(address), _numbers(address)
    if numbers and code:
        return " ".join((*numbers, code))
    named = [street for _, street in streets_in(address)]
    return " ".join((*numbers, *(named[:1] if code or numbers else named), *([code] if code else [])))


def is_same_door(one: str, other: str) -> bool:
    """This function will say whether two addresses may be one door, where they do not say the same of it.

    One has no postcode, and numbers and street are the same; one says the house alone, and the other the flat in it; or one name of a
    house goes on where the other ends: "Bryn Derw" and "Bryn Derw Ffordd Las".
    """
    codes = {postcode_in(one), postcode_in(other)} - {""}
    (few, many), (some, others) = sorted((_numbers(one), _numbers(other)), key=len), (_streets(one), _streets(other))
    if len(codes) > 1 or (few and many[-len(few) :] != few):
        return False
    if few:
        return postcode_in(one) == postcode_in(other) or not set(some).isdisjoint(others)
    if many or not some or not others:
        return False
    short, long = sorted((" ".join(some), " ".join(others)), key=len)
    return f"{long} ".startswith(f"{short} ")


def _numbers(address: str) -> list[str]:
    """The numbers of an address in their order, and what says which flat it is instead of one; "12 a" is "12a"."""
    found: list[str] = []
    for line in re.split(r"[,\n]", _POSTCODE.sub("", address.casefold())):
        words = re.sub(r"\b([0-9]+) ([a-z])\b", r"\1\2", folded(line)).split()
        has_flat = not _OF_A_FLAT.isdisjoint(words)
        found += [
            word
            for word in words
            if _NUMBER.match(word) or (has_flat and (word in _WHICH_FLAT or (len(word) == 1 and word not in _THE)))
        ]
    return found


def _streets(address: str) -> list[str]:
    return [street for _, street in streets_in(address)]


def _carried(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """A number that stands on a line of its own goes with the street on the next."""
    kept: list[tuple[str, str]] = []
    held = ""
    for number, street in found:
        if street:
            kept.append((number or held, street))
        held = "" if street else number
    return tuple(kept)
