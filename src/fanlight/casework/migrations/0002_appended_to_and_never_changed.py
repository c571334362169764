"""The record, the log and the assessments are appended to: the database itself refuses to change a row."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A row of the record and of the log stays for good; an assessment goes with its case, when that is disposed of.
REFUSED: Mapping[str, tuple[str, ...]] = {
    "casework_entry": ("update", "delete"),
    "casework_log": ("update", "delete"),
    "casework_assessment": ("update",),
}

REFUSE_ON_POSTGRESQL = """
create or replace function fanlight_appended_to_and_never_changed() returns trigger language plpgsql as $$
begin
    raise exception '% is appended to and never changed', tg_table_name using errcode = 'restrict_violation';
end
$$
"""


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will make the database refuse what may not be done to the rows of these tables."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_ON_POSTGRESQL, params=None)
        for table, events in REFUSED.items():
            schema_editor.execute(
                f"create trigger {table}_never_changed before {' or '.join(events)} on {table} "
                "for each row execute function fanlight_appended_to_and_never_changed()"
            )
        return
    for table, events in REFUSED.items():
        for event in events:
            schema_editor.execute(
                f"create trigger {table}_no_{event} before {event} on {table} "
                f"begin select raise(abort, '{table} is appended to and never changed'); end"
            )


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """This function will take the refusal away again."""
    if schema_editor.connection.vendor == "postgresql":
        for table in REFUSED:
            schema_editor.execute(f"drop trigger {table}_never_changed on {table}")
        schema_editor.execute("drop function fanlight_appended_to_and_never_changed()")
        return
    for table, events in REFUSED.items():
        for event in events:
            schema_editor.execute(f"drop trigger {table}_no_{event}")


class Migration(migrations.Migration):
    """UPDATE and DELETE refused."""

    dependencies: ClassVar = [("casework", "0001_tables")]
    operations: ClassVar = [migrations.RunPython(refuse, allow)]
