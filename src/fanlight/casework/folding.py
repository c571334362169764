"""Words folded: without case, accents or marks, as names and addresses are compared. Pure."""

import unicodedata
from functools import lru_cache

# Letters that no decomposition brings to those of the English alphabet.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ß": "ss"}
)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """This function will give words without case, accents or marks: "Siân  O’Neil-Price" is "sian oneil price"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(
        letter if letter.isalnum() else " " if letter.isspace() or letter in "-\u2010\u2013.,/" else ""
        for letter in plain
    )
    return " ".join(kept.split())
