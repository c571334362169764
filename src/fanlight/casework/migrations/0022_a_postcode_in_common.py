"""The fingerprint of a colleague's home postcode, if they give it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column, empty."""

    dependencies: ClassVar = [("casework", "0021_fingerprints_read_alone")]
    operations: ClassVar = [
        migrations.AddField(
            "staff", "postcode_index", models.CharField(max_length=24, default="", blank=True, db_default="")
        ),
    ]
