"""Tells Django about the key store."""

from django.apps import AppConfig


class KeystoreConfig(AppConfig):
    """The app of the key store, which has a database to itself."""

    name = "fanlight.casework.keystore"
    label = "keystore"
    default_auto_field = "django.db.models.BigAutoField"
