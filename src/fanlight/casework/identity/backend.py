"""Who somebody is by e-mail address and password; a wrong one takes as long as one that nobody has."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from fanlight.casework.models import Staff

BACKEND = "fanlight.casework.identity.backend.ByEmail"


class ByEmail(BaseBackend):
    """Finds staff by the blind index of their address. Whoever has left is nobody, from their next page on."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_others: object
    ) -> Staff | None:
        """This function will give the person whose address and password these are."""
        staff = staff_with(username)
        if staff is None or not staff.has_usable_password():
            # Hashed for nothing, so that the time does not tell who has an account.
            make_password(password)
            return None
        right = staff.check_password(password)
        return staff if right and staff.is_active else None

    def get_user(self, user_id: int) -> Staff | None:
        """This function will give whoever is signed in, while they still work here."""
        return Staff.objects.filter(pk=user_id, is_active=True).first()


def staff_with(email: str) -> Staff | None:
    """This function will find somebody by their address."""
    return Staff.objects.with_email(email)
