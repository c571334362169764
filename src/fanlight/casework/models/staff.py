"""People who work for a landlord and sign in, and the roles that they hold."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fanlight.casework import sql
from fanlight.casework.models.landlord import Landlord


class Staff(AbstractBaseUser):
    """Somebody who works for one landlord. What they may do comes from their roles alone."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="staff")
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    last_login = None  # the log says who signed in and when

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "landlord"]

    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles_held(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """This function will give each role held and its patches, read once in the life of this object.

        Of people who were read together with their roles, nothing is asked again.
        """
        read = getattr(self, "_prefetched_objects_cache", {}).get("roles")
        if read is not None:
            return tuple((held.role, tuple(held.patches)) for held in sorted(read, key=lambda held: held.pk))
        rows = sql.select("from casework_staffrole held where held.staff_id = %s order by held.id", [self.pk], HELD)
        return tuple((role, tuple(patches)) for role, patches in rows)


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
