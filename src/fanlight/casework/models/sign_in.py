"""Where people are signed in, the codes with which they first come in, and who took their second step away."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from fanlight.casework.models.staff import Staff


class SignedIn(AbstractBaseSession):
    """A browser that has been here: signed in, where there is somebody. The key stands here as a digest alone.

    A copy of this table signs nobody in, and no row says more of a browser than its make and its system.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.CASCADE, related_name="signed_in")
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        abstract = False

    def __str__(self) -> str:
        return f"{self.staff_id} {self.device}"


class OneTimeCode(models.Model):
    """A code with which somebody sets a password, once; kept as a digest alone."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="one_time_code")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.staff_id} until {self.until:%Y-%m-%d %H:%M}"


class ProgramKey(models.Model):
    """A key with which a program asks about addresses; kept as a digest alone."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="program_key")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.staff_id}"


class FactorReset(models.Model):
    """Somebody took away a colleague's second step; they are told when they next sign in."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="factor_resets")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.staff_id} {self.at:%Y-%m-%d %H:%M}"
