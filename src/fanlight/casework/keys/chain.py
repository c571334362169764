"""Hash chains: each row's hash takes in the hash of the row before it, under a key that no database holds."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from fanlight.casework.keys.store import CHAIN, make

BEGINNING = bytes(32)
"""What stands for the hash before the first row."""


def link(before: bytes, said: Sequence[object]) -> bytes:
    """This function will give the hash of a row that says this, coming after a row of hash `before`.

    What it says is a list of texts, numbers, moments, bytes, JSON values and None, always in the same order.
    """
    return linking()(before, said)


def linking() -> Callable[[bytes, Sequence[object]], bytes]:
    """This function will give `link` for a walk over many rows, which is ready with its key."""
    ready = _ready(make(CHAIN).secret)

    def linked(before: bytes, said: Sequence[object]) -> bytes:
        its = ready.copy()
        its.update(before + _written(said))
        return its.digest()

    return linked


@lru_cache(1)
def _ready(secret: bytes) -> hmac.HMAC:
    """What every hash begins with. Finding out how to hash takes longer than hashing a row."""
    return hmac.new(secret, digestmod=hashlib.sha256)


def _written(said: Sequence[object]) -> bytes:
    plain = [_PLAIN[kind](value) if (kind := type(value)) in _PLAIN else value for value in said]
    return _ENCODER.encode(plain).encode()


# Made once: the same words in the same order, whoever writes them.
_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)

_PLAIN: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        datetime: lambda moment: moment.astimezone(UTC).isoformat(),
        bytes: bytes.hex,
        memoryview: memoryview.hex,
    }
)
