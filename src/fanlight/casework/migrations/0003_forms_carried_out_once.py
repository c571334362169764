"""The forms that were carried out, so that one that is sent twice is carried out once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_appended_to_and_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("showing", models.CharField(max_length=64)),
                ("said", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                ("went_to", models.TextField(default="")),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "showing"), name="one_row_for_each_showing_of_a_form")
                ],
            },
        ),
    ]
