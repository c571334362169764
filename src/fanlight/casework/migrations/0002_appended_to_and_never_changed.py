"""The record and the log are appended to: the database itself refuses to change or delete a row."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("casework_entry", "casework_log")

REFUSE_ON_POSTGRESQL = """
create or replace function fanlight_appended_to_and_never_changed() returns trigger language plpgsql as $$
begin
    raise exception '% is appended to and never changed', tg_table_name using errcode = 'restrict_violation';
end
$$
"""


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will make the database refuse UPDATE and DELETE on the record and the log."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_ON_POSTGRESQL, params=None)
        for table in TABLES:
            schema_editor.execute(
                f"create trigger {table}_never_changed before update or delete on {table} "
                "for each row execute function fanlight_appended_to_and_never_changed()"
            )
        return
    for table in TABLES:
        for event in ("update", "delete"):
            schema_editor.execute(
                f"create trigger {table}_no_{event} before {event} on {table} "
                f"begin select raise(abort, '{table} is appended to and never changed'); end"
            )


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will take the refusal away again."""
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"drop trigger {table}_never_changed on {table}")
        schema_editor.execute("drop function fanlight_appended_to_and_never_changed()")
        return
    for table in TABLES:
        for event in ("update", "delete"):
            schema_editor.execute(f"drop trigger {table}_no_{event}")


class Migration(migrations.Migration):
    """UPDATE and DELETE refused on the record and the log."""

    dependencies: ClassVar = [("casework", "0001_first_tables")]
    operations: ClassVar = [migrations.RunPython(refuse, allow)]
