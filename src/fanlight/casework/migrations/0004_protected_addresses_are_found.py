"""Whose address is protected is found by an index: an import asks it before each of its transactions."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0003_plan_items_that_wait"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("is_protected", True)), fields=["landlord"], name="people_protected"
            ),
        ),
        migrations.AddIndex(
            model_name="way",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("is_protected", True)),
                fields=["landlord"],
                name="addresses_protected",
            ),
        ),
    ]
