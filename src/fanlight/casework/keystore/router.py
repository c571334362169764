"""Keeps the key store in its own database, and everything else out of it."""

from typing import Any

STORE = "keys"


class KeyStoreRouter:
    """What Django asks of where a table lives."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """This function will name the database that a table is read from."""
        return STORE if model._meta.app_label == "keystore" else None  # noqa: SLF001 - as Django documents it

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """This function will say whether the tables of an app belong in a database."""
        return (app_label == "keystore") == (db == STORE)
