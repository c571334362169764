"""Sealing: what is written under a data key, tied to its table, row and field."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from fanlight.casework.keys.master import NONCE
from fanlight.casework.keys.store import Subject, Unreadable, key_of, make

FORM = b"\x01"
"""The first byte of everything sealed: in which way it was."""


class Place(NamedTuple):
    """Where a value stands; sealed for one place, it opens at no other."""

    table: str
    row: str
    field: str


def seal(subject: Subject, place: Place, value: str | bytes) -> bytes:
    """This function will seal a value under the key of its subject, making the key where there is none yet."""
    nonce = os.urandom(NONCE)
    plain = value.encode() if isinstance(value, str) else value
    return FORM + nonce + make(subject).cipher.encrypt(nonce, plain, _tie(place))


def unseal(subject: Subject, place: Place, sealed: bytes) -> str:
    """This function will open a sealed text. It raises Unreadable."""
    return unseal_bytes(subject, place, sealed).decode()


def unseal_bytes(subject: Subject, place: Place, sealed: bytes) -> bytes:
    """This function will open sealed bytes. It raises Unreadable."""
    (opened,) = unseal_many(subject, [(place, sealed)])
    return opened


def unseal_many(subject: Subject, values: Iterable[tuple[Place, bytes]]) -> list[bytes]:
    """This function will open many values of one subject. It raises Unreadable at the first that does not open."""
    decrypt = key_of(subject).cipher.decrypt
    opened = []
    for place, sealed in values:
        held = bytes(sealed)
        try:
            if held[:1] != FORM:
                raise InvalidTag
            opened.append(decrypt(held[1 : 1 + NONCE], held[1 + NONCE :], _tie(place)))
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"{place.table} {place.row}, {place.field}, is not what was sealed there.") from error
    return opened


def _tie(place: Place) -> bytes:
    return f"{place.table}|{place.row}|{place.field}".encode()
