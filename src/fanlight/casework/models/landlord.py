"""A landlord of this installation; what it has set for itself stands in its folder of policies."""

from django.db import models


class Landlord(models.Model):
    """A landlord. Its id is the name of its folder of policies."""

    id = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name
