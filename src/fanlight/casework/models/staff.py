"""People who work for a landlord and sign in, and the roles that they hold."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fanlight.casework import keys, likeness, sql
from fanlight.casework.keys import Place, Subject
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.sealed import new_mark, of_staff, sealed_text


class StaffByEmail(BaseUserManager["Staff"]):
    """Finds people by an address that the database does not hold."""

    def with_email(self, email: str) -> "Staff | None":
        """This function will give the one with an e-mail address, or None."""
        index = keys.blind("email", email)
        return self.filter(email_index=index).first() if index else None

    def get_by_natural_key(self, email: str | None) -> "Staff":
        """This function will give the one who signs in with an e-mail address. It raises Staff.DoesNotExist."""
        return self.get(email_index=keys.blind("email", email or "") or None)


class Staff(AbstractBaseUser):
    """Somebody who works for one landlord. What they may do comes from their roles alone.

    Name and e-mail address are sealed under a key of their own; the address is found by its blind index.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="staff")
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    sealed_name = models.BinaryField()
    sealed_email = models.BinaryField()
    email_index = models.CharField(max_length=40, unique=True)
    surname_index = models.CharField(max_length=40, default="", blank=True)
    postcode_index = models.CharField(max_length=24, default="", blank=True, db_default="")
    """The fingerprint of their home postcode, as that of a home in the register (`FoundBy.token`), if they gave it."""
    is_active = models.BooleanField(default=True)
    is_female_staff = models.BooleanField(null=True)
    """Whether they may be given a case whose person at risk asks for female staff: as they said themselves, or their manager.

    None where nobody has said: it is never guessed."""
    last_login = None  # the log says who signed in and when

    name = sealed_text("sealed_name", of_staff, {"surname": "surname_index"}, lambda staff: staff.landlord_id)
    email = sealed_text("sealed_email", of_staff, {"email": "email_index"})

    USERNAME_FIELD = "email_index"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "landlord"]

    objects = StaffByEmail()

    def __str__(self) -> str:
        return self.name

    def keep_postcode(self, postcode: str) -> None:
        """This function will set the fingerprint of their home postcode, and with an empty one take it away."""
        signs = [sign] if (sign := likeness.sign_of_postcode(postcode)) else []
        self.postcode_index = next(iter(keys.tokens(signs, within=self.landlord_id)), "")

    @cached_property
    def roles_held(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """This function will give each role held and its patches, read once in the life of this object.

        Of people who were read together with their roles, nothing is asked again.
        """
        read = getattr(self, "_prefetched_objects_cache", {}).get("roles")
        if read is not None:
            return tuple((held.role, tuple(held.patches)) for held in sorted(read, key=lambda held: held.pk))
        (rows,) = sql.select_together(roles_held_by(self.pk))
        return tuple((role, tuple(patches)) for role, patches in rows)

    def know_roles(self, rows: sql.Rows) -> None:
        """This function will keep the roles that were read together with the person, by `roles_held_by`."""
        self.roles_held = tuple((role, tuple(patches)) for role, patches in rows)


def names_of(ids: Iterable[int | None]) -> Mapping[int | None, str]:
    """This function will give the names of colleagues by their ids, in one query; nobody's name is empty."""
    wanted = sorted({one for one in ids if one is not None})
    names: dict[int | None, str] = {None: ""}
    if wanted:
        rows = sql.select(f"from casework_staff staff where staff.id in ({sql.marks(wanted)})", wanted, _NAMED)
        keys.warm(Subject("staff", mark) for _, mark, _ in rows)
        for number, mark, sealed in rows:
            names[number] = keys.unseal(Subject("staff", mark), Place("casework_staff", mark, "sealed_name"), sealed)
    return names


_NAMED: sql.Columns = (Staff, "staff", ("id", "mark", "sealed_name"))


class StaffRole(models.Model):
    """A role that somebody holds, and the patches in which they hold it; no patch means all of them."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=60)
    patches = models.JSONField(default=list, blank=True)
    from_provider = models.BooleanField(default=False, db_default=False)
    """Whether it came from the identity provider at a sign-in, which takes it away again as well."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["staff", "role"], name="one_row_for_each_role_held")]
        indexes: ClassVar = [models.Index(fields=["landlord", "role"], name="holders_of_a_role")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.role}"


HELD: sql.Columns = (StaffRole, "held", ("role", "patches"))


def roles_held_by(staff_id: int) -> sql.Read:
    """This function will say how the roles that somebody holds are read."""
    return sql.Read("from casework_staffrole held where held.staff_id = %s order by held.id", [staff_id], (HELD,))
