"""Whether somebody who was named in a case was compared with the people of all others."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A column, and an index of those who wait."""

    dependencies: ClassVar = [("casework", "0019_which_address_they_know")]
    operations: ClassVar = [
        migrations.AddField("part", "compared_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "part", models.Index(fields=["id"], condition=Q(compared_at=None), name="parts_to_compare")
        ),
    ]
