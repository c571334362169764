"""Which cases go back to the MARAC, so that they stand on a list."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0005_keys_of_programs"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="case",
            name="goes_back_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("goes_back_since", None), _negated=True),
                fields=["landlord", "goes_back_since"],
                name="cases_that_go_back",
            ),
        ),
    ]
