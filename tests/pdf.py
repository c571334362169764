"""What a PDF says, for tests: every stream opened, and the words of it read through the maps of its own fonts."""

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_OPENS, _CLOSES, _ESCAPE, _HEX, _DICT = b"()\\<<"
_ESCAPES = {ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("b"): 8, ord("f"): 12}


def streams(pdf: bytes) -> Iterator[bytes]:
    """This function will give every stream of a document, opened where it is compressed."""
    for found in _STREAM.finditer(pdf):
        try:
            # What it ends with may be taken for the end of the line: it is but the sum by which it is checked.
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:
            yield found[1]


def text_of(pdf: bytes) -> str:
    """This function will give everything that a document says: what stands in it in clear, and the words that it shows.

    The words are read through the map of each font that is in it: one of them is right, and the others say nothing.
    A document that is encrypted shows no words: its streams are bytes by chance, which may look like anything.
    """
    opened = list(streams(pdf))
    clear = "\n".join(part.decode("latin-1") for part in (pdf, *opened))
    if b"/Encrypt" in pdf:
        return clear
    maps = [_map(stream) for stream in opened if b"begincmap" in stream]
    shown = [
        string for stream in opened if b"BT" in stream and b"begincmap" not in stream for string in _strings(stream)
    ]
    read = [["".join(glyphs.get(code, "") for code in _codes(string)) for string in shown] for glyphs in maps]
    # A line is broken wherever letters are moved a little: it is read without the breaks.
    return "\n".join((clear, *("".join(strings) for strings in read)))


def _map(stream: bytes) -> dict[int, str]:
    if b"beginbfrange" in stream:
        raise ValueError("a font whose map has ranges is not read yet")
    return {
        int(code, 16): bytes.fromhex(said.decode()).decode("utf-16-be")
        for chars in _CHARS.findall(stream)
        for code, said in _CHAR.findall(chars)
    }


def _strings(stream: bytes) -> Iterator[bytes]:
    """The strings of a page, in the order in which they are shown."""
    at = 0
    while at < len(stream):
        if stream[at] == _OPENS:
            string, at = _literal(stream, at + 1)
            yield string
        elif stream[at] == _HEX and stream[at + 1] != _DICT:
            ends = stream.index(b">", at)
            yield bytes.fromhex(stream[at + 1 : ends].decode())
            at = ends
        elif stream[at] == _HEX:
            at += 1
        at += 1


def _literal(stream: bytes, at: int) -> tuple[bytes, int]:
    string, depth = bytearray(), 0
    while True:
        byte = stream[at]
        if byte == _ESCAPE:
            digits = re.match(rb"[0-7]{1,3}", stream[at + 1 : at + 4])
            if digits:
                string.append(int(digits[0], 8))
                at += len(digits[0])
            else:
                string.append(_ESCAPES.get(stream[at + 1], stream[at + 1]))
                at += 1
        elif byte == _CLOSES and not depth:
            return bytes(string), at
        else:
            depth += (byte == _OPENS) - (byte == _CLOSES)
            string.append(byte)
        at += 1


def _codes(string: bytes) -> Iterator[int]:
    return (int.from_bytes(string[at : at + 2], "big") for at in range(0, len(string) - 1, 2))
