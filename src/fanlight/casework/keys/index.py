"""Blind indexes: a keyed fingerprint by which a name or a number is found without standing in the database."""

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from fanlight.casework.addresses import door
from fanlight.casework.keys.store import INDEX, make
from fanlight.casework.telephones import dialled

LETTERS = 40


def blind(kind: str, value: str, *, within: str = "") -> str:
    """This function will give the fingerprint of a value, 40 letters of hex; nothing for a value with nothing in it.

    `kind` is one of `NORMAL`: how a value of it is written before it is fingerprinted.
    The same value `within` another landlord has another fingerprint.
    """
    normal = NORMAL[kind](value)
    if not normal:
        return ""
    said = f"{kind}\0{within}\0{normal}".encode()
    return hmac.digest(make(INDEX).secret, said, hashlib.sha256).hex()[:LETTERS]


def tokens(signs: Iterable[str], *, within: str) -> list[str]:
    """This function will give the fingerprints of many signs of one landlord's people and homes, 12 letters each, in their order.

    Seventy-two bits: that two signs of millions have one fingerprint is not expected, and would only open one person in vain.
    """
    secret, before = make(INDEX).secret, f"sign\0{within}\0".encode()
    return [
        base64.urlsafe_b64encode(hmac.digest(secret, before + sign.encode(), hashlib.sha256)[:9]).decode()
        for sign in signs
    ]


def folded(value: str) -> str:
    """This function will give the words of a name without case, accents or marks: "Siân  O'Neil" is "sian oneil"."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    kept = "".join(letter if letter.isalnum() else " " if letter.isspace() or letter == "-" else "" for letter in plain)
    return " ".join(kept.split())


def surname(value: str) -> str:
    """This function will give the last word of a name, folded: by it one looks whether two people may be of one family."""
    return folded(value).rpartition(" ")[2]


def said_plainly(value: str) -> str:
    """This function will give the letters and digits of a reference or a line of an address: "TN / 00-42b" is "tn0042b"."""
    if value.isascii():
        # As below, in a tenth of the time: an import asks it of every line several times.
        return _MARKS.sub("", value.lower())
    return folded(value).replace(" ", "")


_MARKS = re.compile("[^a-z0-9]")


def _email(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip().casefold()


def _uprn(value: str) -> str:
    """Without the noughts before it, which some write, and without those behind a point, which a spreadsheet adds."""
    plain = said_plainly(re.sub(r"\.0+\s*$", "", value))
    return plain.lstrip("0") or plain


NORMAL: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": folded,
        "surname": surname,
        "phone": dialled,
        "email": _email,
        "login": _email,
        "imported_row": str,
        "address": door,
        "uprn": _uprn,
        **dict.fromkeys(("person_reference", "home_reference", "tenancy_reference"), said_plainly),
    }
)
