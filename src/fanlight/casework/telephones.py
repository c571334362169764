"""Telephone numbers, the same however they were typed. Pure."""

import re
import unicodedata

_EXTENSION = re.compile(r"\s*(?:extension|extn?\.?|x|#)\s*[0-9]+\s*$", re.IGNORECASE)
_WITHIN_THE_UK = 10
"""The figures of a British number after its first nought."""


def dialled(number: str) -> str:
    """This function will give the digits of a telephone number as dialled at home, however it was typed: "+44 (0)7700 900123",
    "447700900123", "7700 900123" and "07700 900123 ext 4" are all "07700900123"."""
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", number).replace("(0)", ""))
    digits = "".join(letter for letter in plain if letter.isdecimal())
    if plain.lstrip(" (").startswith("+"):
        digits = "00" + digits
    at_home = digits.removeprefix("0044").removeprefix("0") if digits.startswith("0044") else digits
    if len(at_home) == _WITHIN_THE_UK + 2 and at_home.startswith("44"):
        at_home = at_home[2:]
    if len(at_home) == _WITHIN_THE_UK and not at_home.startswith("0"):
        return "0" + at_home
    return "0" + at_home if digits.startswith("0044") else at_home


def is_one_number(text: str) -> bool:
    """This function will say whether a text is one telephone number, and not two of them or a number with words about it."""
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", text))
    return not re.search(r"[^\W\d]|[,;/&|]", plain) and sum(letter.isdecimal() for letter in plain) <= MOST_DIGITS


MOST_DIGITS = 15
"""Of a telephone number anywhere in the world, with the two noughts that some write before it."""
