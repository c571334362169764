"""Characters that nobody sees in a text, and that make it another than it looks."""

import re

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Not the two that join letters or keep them apart: there are languages that are written with them."""


def turns_direction(text: str) -> bool:
    """This function will say whether a character of a text turns its direction: what is shown reads otherwise than what is written."""
    return not text.isascii() and _TURNING.search(text) is not None


def has_control(text: str) -> bool:
    """This function will say whether a text has a control character in it, the ends of lines and tabs aside."""
    return _UNSEEN.search(text) is not None


def wrong_in_a_name(text: str) -> str:
    """This function will say what of a name nobody sees, as a form says it; nothing where all of it is seen."""
    if turns_direction(text) or has_control(text):
        return "There is a character in it that nobody sees, or that turns the direction of the text. Type it anew."
    return ""
