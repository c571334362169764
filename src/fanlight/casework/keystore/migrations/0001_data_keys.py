"""The table of data keys."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of data keys."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("subject", models.CharField(max_length=40)),
                ("wrapped", models.BinaryField(null=True)),
                ("master", models.CharField(max_length=16)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "subject"), name="one_key_for_each_subject")],
                "indexes": [models.Index(fields=["master", "id"], name="keys_of_a_master_key")],
            },
        ),
    ]
