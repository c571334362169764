"""The index of fingerprints holds all that a search reads of them, so that the rows themselves are not looked up."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index for another."""

    dependencies: ClassVar = [("casework", "0020_parts_to_compare")]
    operations: ClassVar = [
        migrations.RemoveIndex("foundby", "people_by_fingerprint"),
        migrations.AddIndex("foundby", models.Index(fields=["token", "person", "case"], name="people_by_fingerprint")),
    ]
