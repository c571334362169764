"""Who somebody is by e-mail address and password; a wrong one takes as long as one that nobody has."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest

from fanlight.casework import sql
from fanlight.casework.models import Staff
from fanlight.casework.models.staff import roles_held_by

_STAFF: sql.Columns = (Staff, "staff", sql.fields_of(Staff))
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
        rows, held = sql.select_together(
            sql.Read("from casework_staff staff where staff.id = %s and staff.is_active", [user_id], (_STAFF,)),
            roles_held_by(user_id),
        )
        if not rows:
            return None
        staff = Staff.from_db(DEFAULT_DB_ALIAS, _STAFF[2], rows[0])
        staff.know_roles(held)
        return staff


def staff_with(email: str) -> Staff | None:
    """This function will find somebody by their address."""
    return Staff.objects.with_email(email)
