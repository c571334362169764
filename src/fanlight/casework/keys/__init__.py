"""Keys: envelope encryption, blind indexes, hash chains. The only package that touches cryptography.

A master key, read from a file or a setting and never from a database, wraps data keys. Each case and each
person has a data key of its own, kept in the key store, apart from the database and its backups. What
is sealed under a data key is tied to its table, row and field, so that it opens nowhere else. Whoever copies
the database has none of it, and disposal is the destruction of a data key.
"""

from fanlight.casework.keys.chain import BEGINNING, link, linking
from fanlight.casework.keys.files import Damaged, seal_file, unseal_file
from fanlight.casework.keys.index import blind, tokens
from fanlight.casework.keys.master import MasterKeyProblem, make_master_key, read_master_keys
from fanlight.casework.keys.sealing import Place, seal, unseal, unseal_bytes, unseal_many
from fanlight.casework.keys.store import (
    Destroyed,
    KeyStoreLost,
    Subject,
    Unreadable,
    destroy,
    forget,
    is_made,
    make,
    make_many,
    rewrap,
    see_that_keys_are_there,
    warm,
)

__all__ = [
    "BEGINNING",
    "Damaged",
    "Destroyed",
    "KeyStoreLost",
    "MasterKeyProblem",
    "Place",
    "Subject",
    "Unreadable",
    "blind",
    "destroy",
    "forget",
    "is_made",
    "link",
    "linking",
    "make",
    "make_many",
    "make_master_key",
    "read_master_keys",
    "rewrap",
    "seal",
    "seal_file",
    "see_that_keys_are_there",
    "tokens",
    "unseal",
    "unseal_bytes",
    "unseal_file",
    "unseal_many",
    "warm",
]
