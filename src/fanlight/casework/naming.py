"""Whether a text names somebody, in whatever order and spelling: a person, or an organisation; surely, or by a likeness. Pure.

A person is named by a given name and a family name near each other, in either order, with titles and middle names between; an
organisation by its words, written together or apart. What is spelled otherwise, and sounds or looks the same, is like it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from fanlight.casework.folding import folded
from fanlight.casework.likeness import PARTICLES, TITLES, distance, forms_of, sound, split_name

Naming = Literal["", "like", "named"]
"""How a text names somebody: not, by a likeness, or surely."""

AT_WORK = TITLES | frozenset(
    {"pc", "dc", "ds", "di", "dci", "sgt", "sergeant", "constable", "inspector", "insp", "supt", "pcso", "wpc", "det", "detective"}
    | {"cllr", "councillor", "nurse", "sister", "officer", "worker", "manager", "fao", "attn", "att", "co", "c", "o", "for", "the"}
)  # fmt: skip
"""What stands before the name of somebody at work, and says nothing of who they are."""
OF_EVERY_BODY = frozenset({"ltd", "limited", "llp", "plc", "cic", "cio", "the", "and"})
"""What an organisation is by law, which is written now and left out then."""
_APOSTROPHES = "'\u2019\u2018\u02bc\u02b9`\u00b4\u2032\uff07"
_BETWEEN = 3
"""So many words may stand between a given name and a family name."""
_BETWEEN_LIKE = 1
_PIECES = 3
"""So many words may be one name that is written apart: "O Mara", "Al Hassan"."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A part of a name found in a text: where it stands, and how: 3 the very word, 2 by sound or short form, 1 by an initial."""

    start: int
    end: int
    how: int


def plain_words(text: str) -> tuple[str, ...]:
    """This function will give the words of a text, folded: an apostrophe is left out, and any other mark parts two words."""
    kept = []
    for letter in unicodedata.normalize("NFKD", text):
        kind = unicodedata.category(letter)
        if letter in _APOSTROPHES or kind == "Cf":
            continue
        kept.append(" " if kind[0] in "PSZC" else letter)
    return tuple(folded("".join(kept)).split())


# ── A person ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def names_person(text: str, name: str, *, beside: Iterable[str] = ()) -> Naming:
    """This function will say how a text names a person.

    `beside` are other texts of the same receiver: an initial means no longer whom it might, where the whole name stands there.
    """
    given, family = (plain_words(part) for part in split_name(_turned(name)))
    words = plain_words(text)
    if not words or not given:
        return ""
    if not family:
        return "named" if _has_run(words, given) else ""
    if _has_run(words, (*given, *family)) or _has_run(words, (*family, *given)):
        return "named"
    firsts, lasts = list(_given_in(words, given)), list(_family_in(words, family))
    best: Naming = ""
    for first in firsts:
        for last in lasts:
            gap = max(first.start - last.end, last.start - first.end)
            if gap < 0:
                continue
            if first.how == last.how == _SAME and gap <= _BETWEEN:
                return "named"
            if gap <= _BETWEEN_LIKE and not (
                first.how == _INITIAL and _is_said_whole(words[first.start], family, beside)
            ):
                best = "like"
    alone = [word for word in words if word not in AT_WORK]
    return "like" if alone and "".join(alone) == "".join(family) else best


_SAME, _LIKE, _INITIAL = 3, 2, 1


def _turned(name: str) -> str:
    """A name with the family name first, as a list has it, the right way round."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name


def _has_run(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether words stand in a text together, written as one or apart."""
    whole = "".join(wanted)
    for start in range(len(words)):
        said = ""
        for word in words[start:]:
            said += word
            if said == whole:
                return True
            if len(said) >= len(whole):
                break
    return False


def _pieces(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _PIECES, len(words)) + 1):
            yield start, end, "".join(words[start:end])


def _given_in(words: Sequence[str], given: Sequence[str]) -> Iterator[_Found]:
    first = {given[0], "".join(given)}
    for start, end, word in _pieces(words):
        if word in first:
            yield _Found(start, end, _SAME)
        elif (len(word) == 1 and word == given[0][0]) or (len(given[0]) == 1 and word[0] == given[0]):
            yield _Found(start, end, _INITIAL)
        elif any(_is_like(word, one, is_given=True) for one in (*first, *given)):
            yield _Found(start, end, _LIKE)


def _family_in(words: Sequence[str], family: Sequence[str]) -> Iterator[_Found]:
    whole = "".join(family)
    heavy = [word for word in family if word not in PARTICLES]
    for start, end, word in _pieces(words):
        if word == whole:
            yield _Found(start, end, _SAME)
        elif word in heavy or any(_is_like(word, one, is_given=False) for one in (whole, *heavy)):
            yield _Found(start, end, _LIKE)


def _is_said_whole(initial: str, family: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether a text says the family name with a whole given name of that initial."""
    for text in texts:
        words = plain_words(text)
        for last in _family_in(words, family):
            near = [words[place] for place in (last.start - 1, last.end) if 0 <= place < len(words)]
            if any(len(word) > 1 and word[0] == initial[0] and word not in AT_WORK for word in near):
                return True
    return False


def _is_like(word: str, known: str, *, is_given: bool) -> bool:
    """Whether two words are the same name by another spelling: the same sound and not far off, a short form, or one slip."""
    if word == known:
        return True
    if min(len(word), len(known)) < 2:
        return False
    if is_given and not forms_of(word).isdisjoint(forms_of(known)):
        return True
    longest = max(len(word), len(known))
    slips = distance(word, known, 3)
    return (sound(word) == sound(known) and slips <= max(2, longest // 3)) or (slips == 1 and longest >= _LONG)


_LONG = 5


# ── An organisation ──────────────────────────────────────────────────────────────────────────────────────────────────


def body_words(name: str) -> tuple[str, ...]:
    """This function will give the words by which an organisation is known: letters that stand alone are one word, "L.L.P." none."""
    words: list[str] = []
    letters = ""
    for word in (*plain_words(name), ""):
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            words.append(letters)
        letters = ""
        words.append(word)
    said = tuple(word for word in words if word)
    return tuple(word for word in said if word not in OF_EVERY_BODY) or said


def is_same_body(one: str, other: str) -> bool:
    """This function will say whether two texts are the name of the same organisation, but for how they are written."""
    return bool(one.strip()) and "".join(body_words(one)) == "".join(body_words(other)) != ""


def names_body(text: str, name: str) -> Naming:
    """This function will say how a text names an organisation."""
    words, wanted = body_words(text), body_words(name)
    if not words or not wanted:
        return ""
    if _has_run(words, wanted) or (len(wanted) > 1 and set(wanted) <= set(words)):
        return "named"
    length = len(wanted)
    for start in range(len(words) - length + 1):
        run = words[start : start + length]
        if all(_is_like(word, one, is_given=False) for word, one in zip(run, wanted, strict=True)) and (
            length > 1 or len(wanted[0]) >= _LONG
        ):
            return "like"
    return "like" if _is_shortened(words, wanted) else ""


def _is_shortened(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a text is a name with a word or two left out."""
    if not 2 <= len(words) < len(wanted) or len(words) * 2 < len(wanted):
        return False
    left = iter(wanted)
    return all(word in left for word in words)
