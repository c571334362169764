"""Which items of a plan are still to be done, so that those past their day stand on a list."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0002_appended_to_and_never_changed"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="planitem",
            name="waits",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="planitem",
            index=models.Index(
                condition=models.Q(("due__isnull", False), ("waits", True)), fields=["due"], name="plan_items_by_day"
            ),
        ),
    ]
