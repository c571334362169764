"""What a person can fill in is sealed, and the rows of the record and of the log are chained.

Rows that stand in the clear are not carried over: sealed afterwards, they would have lain open in every backup before. A
database that holds any is refused, and stays as it is.
"""

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from fanlight.casework.models.sealed import new_mark

# SQLite makes a table anew to change it, and its triggers are lost with the old one: they are taken off and put on again.
_append_only = import_module("fanlight.casework.migrations.0002_appended_to_and_never_changed")


def refuse_what_stands_in_the_clear(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will stop the migration of a database with people in it, and say why."""
    if apps.get_model("casework", "Staff").objects.using(schema_editor.connection.alias).exists():
        raise SystemExit(
            "This database was made before Fanlight sealed what it holds. It stays as it is; begin with an empty one "
            "(for the demo: `fanlight demo --fresh`)."
        )


def sealed(model: str, name: str, **said: Any) -> list[Any]:
    """This function will put a sealed column in the place of one in the clear."""
    return [migrations.RemoveField(model, name), added(model, name, models.BinaryField(**said))]


def added(model: str, name: str, field: Any) -> Any:
    """This function will add a column to a table with no row in it."""
    if field.default is models.NOT_PROVIDED and not field.null:
        field.default = (
            b"" if isinstance(field, models.BinaryField) else 0 if isinstance(field, models.IntegerField) else ""
        )
        return migrations.AddField(model, name, field, preserve_default=False)
    return migrations.AddField(model, name, field)


def unchecked(model: str, name: str, to: str, **said: Any) -> Any:
    """This function will let a projection refer to a row without the database looking whether it is there."""
    field = models.ForeignKey(f"casework.{to}", models.CASCADE, db_constraint=False, **said)
    return migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    """Sealed columns, blind indexes, hashes."""

    dependencies: ClassVar = [("casework", "0005_sign_in")]
    operations: ClassVar = [
        migrations.RunPython(refuse_what_stands_in_the_clear, migrations.RunPython.noop),
        migrations.RunPython(_append_only.allow, _append_only.refuse),
        *sealed("entry", "payload"),
        *sealed("entry", "note", default=b""),
        added("entry", "hash_before", models.BinaryField()),
        added("entry", "hash", models.BinaryField()),
        added("log", "strand", models.PositiveIntegerField()),
        added("log", "number", models.PositiveIntegerField()),
        added("log", "hash_before", models.BinaryField()),
        added("log", "hash", models.BinaryField()),
        migrations.AddConstraint(
            "log",
            models.UniqueConstraint(fields=["strand", "number"], name="one_row_for_each_number_of_a_strand"),
        ),
        migrations.RemoveField("staff", "name"),
        migrations.RemoveField("staff", "email"),
        added("staff", "mark", models.CharField(max_length=32, unique=True, default=new_mark, editable=False)),
        added("staff", "sealed_name", models.BinaryField()),
        added("staff", "sealed_email", models.BinaryField()),
        added("staff", "email_index", models.CharField(max_length=40, unique=True)),
        migrations.RemoveField("part", "name"),
        migrations.RemoveField("part", "phone"),
        migrations.RemoveField("part", "safe_contact"),
        added("part", "mark", models.CharField(max_length=32, unique=True, default=new_mark, editable=False)),
        added("part", "sealed_name", models.BinaryField()),
        added("part", "sealed_safe_contact", models.BinaryField(default=b"")),
        added("part", "sealed_phone", models.BinaryField(default=b"")),
        added("part", "name_index", models.CharField(max_length=40, default="", blank=True)),
        added("part", "phone_index", models.CharField(max_length=40, default="", blank=True)),
        migrations.AddIndex(
            "part",
            models.Index(fields=["landlord", "name_index"], condition=~models.Q(name_index=""), name="parts_by_name"),
        ),
        migrations.AddIndex(
            "part",
            models.Index(
                fields=["landlord", "phone_index"], condition=~models.Q(phone_index=""), name="parts_by_phone"
            ),
        ),
        *(
            step
            for model, names in (("keptfrom", ("reason", "end_reason")), ("emergencyaccess", ("reason", "review")))
            for step in (
                *(migrations.RemoveField(model, name) for name in names),
                added(model, "mark", models.CharField(max_length=32, unique=True, default=new_mark, editable=False)),
                *(added(model, f"sealed_{name}", models.BinaryField(default=b"")) for name in names),
            )
        ),
        migrations.RemoveConstraint("dutydesk", "a_duty_once_on_each_desk"),
        unchecked("duty", "landlord", "landlord", related_name="+", db_index=False),
        unchecked("duty", "case", "case", related_name="duties"),
        unchecked("dutydesk", "landlord", "landlord", related_name="+", db_index=False),
        unchecked("dutydesk", "duty", "duty", related_name="+", db_index=False),
        unchecked("dutydesk", "case", "case", related_name="+"),
        unchecked("referral", "landlord", "landlord", related_name="+", db_index=False),
        unchecked("referral", "case", "case", related_name="referrals"),
        unchecked("referral", "to_staff", "staff", related_name="+", db_index=False, null=True),
        unchecked("referral", "sent_by", "staff", related_name="+", db_index=False),
        migrations.AddConstraint(
            "dutydesk", models.UniqueConstraint(fields=["duty", "desk"], name="a_duty_once_on_each_desk")
        ),
        migrations.RunPython(_append_only.refuse, _append_only.allow),
    ]
