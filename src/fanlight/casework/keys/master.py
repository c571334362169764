"""The master key: given by a file or a setting, never by a database; it wraps data keys and does nothing else.

Its text is one line or several, each `fanlight-key:` or `fanlight-demo-key:` and 32 bytes in URL-safe base64. The
first wraps; those below it are older ones, which open what they wrapped until `rotate_keys` has wrapped it anew.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

SIZE = 32
NONCE = 12
_KINDS = {"fanlight-key": False, "fanlight-demo-key": True}


class MasterKeyProblem(Exception):
    """The text of a master key is not understood; the message says what is wrong, and never the key."""


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """A master key; `name` tells it from others and gives nothing of it away."""

    name: str
    secret: bytes
    is_demo: bool

    def wrap(self, key: bytes, of: str) -> bytes:
        """This function will wrap a data key, tied to whom it belongs."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.secret).encrypt(nonce, key, of.encode())

    def unwrap(self, wrapped: bytes, of: str) -> bytes:
        """This function will give the data key again. It raises MasterKeyProblem where this key did not wrap it."""
        try:
            return AESGCM(self.secret).decrypt(wrapped[:NONCE], wrapped[NONCE:], of.encode())
        except (InvalidTag, ValueError) as error:
            raise MasterKeyProblem(
                f"The data key of {of} was not wrapped by this master key, or was changed."
            ) from error


def make_master_key(*, demo: bool = False) -> str:
    """This function will make a new master key, as a line of text."""
    return f"{'fanlight-demo-key' if demo else 'fanlight-key'}:{base64.urlsafe_b64encode(secrets.token_bytes(SIZE)).decode()}"


def read_master_keys(text: str) -> tuple[MasterKey, ...]:
    """This function will read the text of master keys, the current one first. It raises MasterKeyProblem."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    if not lines:
        raise MasterKeyProblem("It holds no key: make one with `fanlight make_keys FILE`.")
    found = tuple(_read(line, number) for number, line in enumerate(lines, start=1))
    if len({key.name for key in found}) < len(found):
        raise MasterKeyProblem("It holds the same key twice.")
    return found


def _read(line: str, number: int) -> MasterKey:
    kind, _, text = line.partition(":")
    try:
        secret = base64.b64decode(text.strip(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if kind not in _KINDS or len(secret) != SIZE:
        raise MasterKeyProblem(
            f"Line {number} is not a key: each line is `fanlight-key:` and 32 bytes in base64, as `fanlight make_keys` writes it."
        )
    name = hashlib.sha256(b"fanlight: the name of a master key\0" + secret).hexdigest()[:16]
    return MasterKey(name, secret, _KINDS[kind])


@cache
def _from_settings(text: str) -> tuple[MasterKey, ...]:
    return read_master_keys(text)


def masters() -> tuple[MasterKey, ...]:
    """This function will give the master keys of this installation, the current one first."""
    return _from_settings(settings.MASTER_KEY)


def master_named(name: str) -> MasterKey:
    """This function will give the master key of a name. It raises MasterKeyProblem where it was not given."""
    for key in masters():
        if key.name == name:
            return key
    raise MasterKeyProblem(
        f"The master key {name} is needed and was not given: put it on a line below the current one in FANLIGHT_MASTER_KEY_FILE."
    )
