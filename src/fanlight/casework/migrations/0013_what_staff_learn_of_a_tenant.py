"""What staff say of a person whom the housing system knows, how it changed, equality data, and who lives where by which import."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanlight.casework.models.sealed

_LANDLORD = {"db_index": False, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    """The tables and columns."""

    dependencies = [
        ("casework", "0012_moving_without_a_trace"),
    ]

    operations = [
        migrations.AddField(model_name="person", name="sealed_imported", field=models.BinaryField(default=b"")),
        migrations.AddField(model_name="person", name="sealed_own", field=models.BinaryField(default=b"")),
        migrations.AddField(
            model_name="resident",
            name="imported_as",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_change", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **_LANDLORD)),
                ("landlord", models.ForeignKey(to="casework.landlord", **_LANDLORD)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="casework.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Equality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_answers", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **_LANDLORD)),
                ("landlord", models.ForeignKey(to="casework.landlord", **_LANDLORD)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.person"
                    ),
                ),
            ],
        ),
    ]
