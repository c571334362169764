"""Whole files sealed under the master key, piece by piece, so that a cut or a swapped piece is noticed."""

import json
import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fanlight.casework.keys.master import SIZE, master_named, masters

MARK = b"fanlight-sealed-file 1\n"
PIECE = 1 << 20
_LENGTH = struct.Struct(">I")


class Damaged(Exception):
    """A sealed file is cut, changed, or none of ours; the message says which, for the person who holds it."""


def seal_file(pieces: Iterable[bytes], into: IO[bytes], about: Mapping[str, Any]) -> None:
    """This function will write bytes that come in pieces as a sealed file; `about` stands readable at its head, and cannot be changed."""
    key, master = secrets.token_bytes(SIZE), masters()[0]
    head = json.dumps(
        {"about": dict(about), "master": master.name, "key": master.wrap(key, "file").hex()}, sort_keys=True
    ).encode()
    into.write(MARK + _LENGTH.pack(len(head)) + head)
    cipher, number, held = AESGCM(key), 0, b""
    for piece in _even(pieces):
        if number or held:
            into.write(_sealed(cipher, head, number - 1, held, last=False))
        held, number = piece, number + 1
    into.write(_sealed(cipher, head, max(number - 1, 0), held, last=True))


def read_head(source: IO[bytes]) -> tuple[Mapping[str, Any], bytes]:
    """This function will give what a sealed file says of itself, and its head as written. It raises Damaged."""
    if source.read(len(MARK)) != MARK:
        raise Damaged("This is not a file that Fanlight sealed.")
    try:
        (length,) = _LENGTH.unpack(source.read(_LENGTH.size))
        head = source.read(length)
        said = json.loads(head)
        return said, head
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise Damaged("The head of this file is cut or changed.") from error


def unseal_file(source: IO[bytes]) -> Iterator[bytes]:
    """This function will give the bytes of a sealed file in pieces. It raises Damaged, at the piece that is not as it was written."""
    said, head = read_head(source)
    try:
        cipher = AESGCM(master_named(said["master"]).unwrap(bytes.fromhex(said["key"]), "file"))
    except (KeyError, ValueError, TypeError) as error:
        raise Damaged("The head of this file is cut or changed.") from error
    number, last = 0, False
    while not last:
        size = source.read(_LENGTH.size)
        if len(size) < _LENGTH.size:
            raise Damaged("This file is cut: its end is missing.")
        (length,) = _LENGTH.unpack(size)
        piece = source.read(length) if length <= PIECE + 64 else b""
        try:
            last = piece[:1] == b"\x01"
            yield cipher.decrypt(_nonce(number), piece[1:], head + piece[:1])
        except (InvalidTag, ValueError) as error:
            raise Damaged("This file was changed or is cut: it does not open.") from error
        number += 1
    if source.read(1):
        raise Damaged("This file was changed: something stands after its end.")


def _sealed(cipher: AESGCM, head: bytes, number: int, piece: bytes, *, last: bool) -> bytes:
    mark = b"\x01" if last else b"\x00"
    body = mark + cipher.encrypt(_nonce(number), piece, head + mark)
    return _LENGTH.pack(len(body)) + body


def _nonce(number: int) -> bytes:
    # The key is new with every file, so that a count is a nonce.
    return number.to_bytes(12, "big")


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)
