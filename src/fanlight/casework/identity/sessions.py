"""Sessions in our own table: found by a digest of their key, and with whose they are beside them.

A session is signed by Django as ever. What is read with it anyway, since when and when last seen, says how long it may
still last: a page costs no reading more for that, and a writing at most once a minute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.base_session import AbstractBaseSession

from fanlight.casework import sql
from fanlight.casework.models import SignedIn

BEGAN, HOW, FACTOR, CONFIRMED, DEVICE = "began", "how", "factor", "confirmed", "device"
"""What a session says of itself: since when, signed in how, which second step, when last confirmed, on what."""

_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    (r"iPhone|iPad", "an iPhone or iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS|Macintosh", "a Mac"),
    (r"Linux|X11|CrOS", "Linux"),
)


class SessionStore(Kept):
    """Django's sessions in a database, with the key as a digest and the person in a column."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        """This function will name the table."""
        return SignedIn

    def load(self) -> dict[str, Any]:
        """This function will read the session; whether it is over is the middleware's to say, which knows the moment."""
        rows = sql.select(_BY_KEY, [digest(self.session_key)], _KEPT) if self.session_key else []
        if not rows:
            self._session_key = None
            return {}
        self.seen_at, said = rows[0]
        read: dict[str, Any] = self.decode(said)
        return read

    def exists(self, session_key: str) -> bool:
        """This function will say whether there is a session with this key."""
        return SignedIn.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """This function will make the row that the session is kept as."""
        began = moment_of(data.get(BEGAN))
        return SignedIn(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # Django's own, not in its types
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            staff_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
            began_at=began,
            seen_at=self.seen_at or began,
            device=data.get(DEVICE, ""),
        )

    def delete(self, session_key: str | None = None) -> None:
        """This function will end the session of this key, or this one."""
        if key := session_key or self.session_key:
            SignedIn.objects.filter(session_key=digest(key)).delete()

    def touch(self, now: datetime) -> None:
        """This function will note that somebody was here, without writing the session anew."""
        self.seen_at = now
        if self.session_key:
            SignedIn.objects.filter(session_key=digest(self.session_key)).update(seen_at=now)


_BY_KEY = "from casework_signedin kept where kept.session_key = %s"
_KEPT: sql.Columns = (SignedIn, "kept", ("seen_at", "session_data"))


def digest(session_key: str) -> str:
    """This function will give what stands in the table for a session's key: whoever reads it cannot use it."""
    return sha256(session_key.encode()).hexdigest()


def moment_of(stored: object) -> datetime | None:
    """This function will read a moment that a session keeps."""
    return datetime.fromisoformat(stored) if isinstance(stored, str) else None


def device_of(meta: Mapping[str, Any]) -> str:
    """This function will say on what somebody is signed in: one of a few browsers on one of a few systems, never what was sent."""
    said = str(meta.get("HTTP_USER_AGENT", ""))
    browser = next((name for word, name in _BROWSERS if word in said), "A browser")
    system = next((name for words, name in _SYSTEMS if re.search(words, said)), "")
    return f"{browser} on {system}" if system else browser
