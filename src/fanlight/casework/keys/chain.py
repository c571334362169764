"""Hash chains: each row's hash takes in the hash of the row before it, under a key that no database holds."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

from fanlight.casework.keys.store import CHAIN, make

BEGINNING = bytes(32)
"""What stands for the hash before the first row."""


def link(before: bytes, said: list[object]) -> bytes:
    """This function will give the hash of a row that says this, coming after a row of hash `before`.

    What it says is a list of texts, numbers, moments, bytes, JSON values and None, always in the same order.
    """
    text = json.dumps(said, default=_plain, separators=(",", ":"), sort_keys=True)
    return hmac.digest(make(CHAIN).secret, before + text.encode(), hashlib.sha256)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{type(value).__name__} has no place in a chain")
