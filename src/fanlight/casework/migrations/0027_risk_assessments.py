"""Risk assessments, which the database refuses to change, and what somebody has begun and not completed."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import fanlight.casework.models.sealed

TABLE = "casework_assessment"


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will make the database refuse UPDATE; a row goes with its case, when that is disposed of."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"create trigger {TABLE}_never_changed before update on {TABLE} "
            "for each row execute function fanlight_appended_to_and_never_changed()"
        )
        return
    schema_editor.execute(
        f"create trigger {TABLE}_no_update before update on {TABLE} "
        f"begin select raise(abort, '{TABLE} is appended to and never changed'); end"
    )


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will take the refusal away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"drop trigger {TABLE}_never_changed on {TABLE}")
        return
    schema_editor.execute(f"drop trigger {TABLE}_no_update")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("casework", "0026_consent_and_sharing"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("made_by", models.CharField(choices=[("us", "We did"), ("agency", "Another agency")], max_length=6)),
                ("instrument", models.CharField(blank=True, default="", max_length=40)),
                ("version", models.CharField(blank=True, default="", max_length=40)),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_said", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="casework.case",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "sequence"), name="one_assessment_for_each_entry"),
                    models.CheckConstraint(
                        condition=models.Q(("made_by__in", ["us", "agency"])), name="an_assessment_of_ours_or_theirs"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instrument", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "mark",
                    models.CharField(
                        default=fanlight.casework.models.sealed.new_mark, editable=False, max_length=32, unique=True
                    ),
                ),
                ("sealed_said", models.BinaryField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.landlord",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "by", "instrument"), name="one_draft_of_an_assessment_each")
                ],
            },
        ),
        migrations.RunPython(refuse, allow),
    ]
