"""What the pages over the log ask of the database: surnames by fingerprint, and the log by person and by what was refused.

Indexes are added to the log as it stands: the table is not made anew, and keeps its triggers.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from fanlight.casework import keys
from fanlight.casework.keys import Place, Subject


def index_surnames(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will give everybody who is in the database already the fingerprint of their surname."""
    alias = schema_editor.connection.alias
    for model, table in (("Staff", "casework_staff"), ("Part", "casework_part")):
        rows = apps.get_model("casework", model).objects.using(alias)
        for row in rows.exclude(sealed_name=b"").iterator(chunk_size=500):
            subject = Subject("case", str(row.case_id)) if model == "Part" else Subject("staff", row.mark)
            try:
                name = keys.unseal(subject, Place(table, row.mark, "sealed_name"), bytes(row.sealed_name))
            except keys.Unreadable:
                continue
            rows.filter(pk=row.pk).update(surname_index=keys.blind("surname", name, within=row.landlord_id))


class Migration(migrations.Migration):
    """Surnames by fingerprint; two indexes of the log."""

    dependencies: ClassVar = [("casework", "0006_sealed_and_chained")]
    operations: ClassVar = [
        migrations.AddField("part", "surname_index", models.CharField(max_length=40, default="", blank=True)),
        migrations.AddField("staff", "surname_index", models.CharField(max_length=40, default="", blank=True)),
        migrations.RunPython(index_surnames, migrations.RunPython.noop),
        migrations.AddIndex(
            "part",
            models.Index(
                fields=["landlord", "surname_index"], condition=~models.Q(surname_index=""), name="parts_by_surname"
            ),
        ),
        migrations.AddIndex("log", models.Index(fields=["strand", "at"], name="log_of_a_strand")),
        migrations.AddIndex(
            "log", models.Index(fields=["landlord", "at"], condition=~models.Q(outcome="done"), name="log_of_refusals")
        ),
    ]
