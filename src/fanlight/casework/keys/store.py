"""The data keys of cases and people: made, unwrapped, wrapped anew, destroyed."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from fanlight.casework.keys.master import SIZE, MasterKeyProblem, master_named, masters
from fanlight.casework.keystore.router import STORE

if TYPE_CHECKING:
    from fanlight.casework.keystore.models import DataKey

KEPT = 4096
"""How many unwrapped keys a process keeps."""
KEPT_FOR = 60.0
"""Seconds: a key destroyed by one process is forgotten by the others within this time."""
AT_ONCE = 500


class Subject(NamedTuple):
    """To whom or what a data key belongs, and its id.

    `case`, `person` (of the register), `staff` (somebody who works here), `landlord` (its homes and tenancies), `listing` (one case on
    the list of a meeting of the MARAC, with its minutes), `installation`.
    """

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Unreadable(Exception):
    """It cannot be opened: its key was destroyed, or these bytes were not sealed for this place. The message names no one."""


class Destroyed(Unreadable):
    """Its key was destroyed: it was disposed of."""


class KeyStoreLost(MasterKeyProblem):
    """The key store is empty or another one, and the record is not: with new keys nothing of it could be read or found."""

    def __init__(self) -> None:
        super().__init__(
            "The key store holds no keys of this installation, and its record is not empty. Name the right one in "
            "KEY_STORE_URL, or restore its backup with `fanlight restore --keys FILE`."
        )


class Key(NamedTuple):
    """An unwrapped data key, ready for use."""

    cipher: AESGCM
    secret: bytes


def _table() -> "type[DataKey]":
    # Looked up late: the settings read the master key before there are any tables.
    return apps.get_model("keystore", "DataKey")


INDEX, CHAIN = Subject("installation", "index"), Subject("installation", "chain")
INSTALLATION = (INDEX, CHAIN)
"""The keys of the fingerprints and of the chains: made together, before anybody works here, and never again."""

_kept: OrderedDict[Subject, tuple[float, Key]] = OrderedDict()


def make(subject: Subject) -> Key:
    """This function will give the key of a subject, and make one where there has never been any.

    It raises Unreadable where the key was destroyed: what was disposed of does not begin again.
    """
    found = _known(subject) or _read([subject]).get(subject)
    if found is not None:
        return found
    if subject in INSTALLATION and _somebody_works_here():
        raise KeyStoreLost
    # Another process may make it in the same moment: whoever is first has made it for both.
    new = {one: secrets.token_bytes(SIZE) for one in (INSTALLATION if subject in INSTALLATION else (subject,))}
    if not _add(new):
        return key_of(subject)
    made = {one: Key(AESGCM(secret), secret) for one, secret in new.items()}
    _keep(made)
    return made[subject]


def make_many(subjects: Iterable[Subject]) -> None:
    """This function will make the keys of many subjects together, where there are none yet, and keep them at hand.

    It raises Unreadable where one was destroyed. At most `KEPT` at a time, or the first are forgotten before they are used.
    """
    wanted = [subject for subject in dict.fromkeys(subjects) if _known(subject) is None]
    there = _read(wanted)
    missing = [subject for subject in wanted if subject not in there]
    if not missing:
        return
    for start in range(0, len(missing), AT_ONCE):
        new = {subject: secrets.token_bytes(SIZE) for subject in missing[start : start + AT_ONCE]}
        if _add(new):
            _keep({subject: Key(AESGCM(secret), secret) for subject, secret in new.items()})
            continue
        # Another process was first with some of them, or the key was destroyed.
        for subject in new.keys() - _read(list(new)).keys():
            raise Destroyed(f"The key of {subject} was destroyed.")


def see_that_keys_are_there() -> None:
    """This function will raise KeyStoreLost where the record holds people, and the key store none of its keys."""
    if _somebody_works_here() and not _read([INDEX]):
        raise KeyStoreLost


def _somebody_works_here() -> bool:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("select 1 from casework_staff limit 1")
        return cursor.fetchone() is not None


def key_of(subject: Subject) -> Key:
    """This function will give the key of a subject. It raises Unreadable where there is none, or none any more."""
    found = _known(subject) or _read([subject]).get(subject)
    if found is None:
        raise Unreadable(f"There is no key of {subject} in the key store.")
    return found


def is_made(subject: Subject) -> bool:
    """This function will say whether a subject has a key. It raises Unreadable where it was destroyed."""
    return _known(subject) is not None or subject in _read([subject])


def warm(subjects: Iterable[Subject]) -> None:
    """This function will read the keys of many subjects together, for a page that shows them all."""
    _read([subject for subject in dict.fromkeys(subjects) if _known(subject) is None])


def destroy(subject: Subject, now: datetime) -> None:
    """This function will destroy the key of a subject: what was sealed under it can be read by nobody."""
    with transaction.atomic(using=STORE):
        gone = {"wrapped": None, "destroyed_at": now, "master": ""}
        _table().objects.update_or_create(kind=subject.kind, subject=subject.id, defaults=gone)
    _kept.pop(subject, None)


def rewrap() -> Iterator[tuple[int, int]]:
    """This function will wrap every data key by the current master key, giving after each step how many are done, of how many.

    It can be stopped and begun again: what is wrapped by the current key already is left alone.
    """
    current = masters()[0]
    waiting = _table().objects.exclude(wrapped=None).exclude(master=current.name).order_by("id")
    total, done = waiting.count(), 0
    while rows := list(waiting[:AT_ONCE]):
        for row in rows:
            subject = Subject(row.kind, row.subject)
            key = master_named(row.master).unwrap(bytes(row.wrapped or b""), str(subject))
            row.wrapped, row.master = current.wrap(key, str(subject)), current.name
        with transaction.atomic(using=STORE):
            _table().objects.bulk_update(rows, ["wrapped", "master"])
        done += len(rows)
        yield done, total


def forget() -> None:
    """This function will forget every unwrapped key."""
    _kept.clear()


def _known(subject: Subject) -> Key | None:
    found = _kept.get(subject)
    if found is None:
        return None
    until, key = found
    if time.monotonic() > until:
        _kept.pop(subject, None)
        return None
    return key


# In plain SQL, the same for both databases: every new case waits for these two.
_READ = "select subject, wrapped, master from keystore_datakey where kind = %s and subject in ({})"
_ADD = (
    "insert into keystore_datakey (kind, subject, wrapped, master) values {} on conflict do nothing returning subject"
)


def _read(subjects: list[Subject]) -> dict[Subject, Key]:
    """This function will read keys from the store. It raises Unreadable where one was destroyed."""
    found: dict[Subject, Key] = {}
    for kind in dict.fromkeys(subject.kind for subject in subjects):
        ids = [subject.id for subject in subjects if subject.kind == kind]
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            for row_id, wrapped, master in _answer(_READ.format(", ".join(["%s"] * len(some))), [kind, *some]):
                subject = Subject(kind, row_id)
                if wrapped is None:
                    if len(subjects) == 1:
                        raise Destroyed(f"The key of {subject} was destroyed.")
                    continue
                secret = master_named(master).unwrap(bytes(wrapped), str(subject))
                found[subject] = Key(AESGCM(secret), secret)
    _keep(found)
    return found


def _add(new: Mapping[Subject, bytes]) -> bool:
    """This function will add keys to the store, and say whether there were none of these yet."""
    master, values = masters()[0], []
    for subject, secret in new.items():
        values += [subject.kind, subject.id, master.wrap(secret, str(subject)), master.name]
    return len(_answer(_ADD.format(", ".join(["(%s, %s, %s, %s)"] * len(new))), values)) == len(new)


def _answer(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connections[STORE].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _keep(keys: Mapping[Subject, Key]) -> None:
    until = time.monotonic() + KEPT_FOR
    for subject, key in keys.items():
        _kept[subject] = until, key
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
