"""What the role with which Fanlight works may do to the record and the log, beyond what it needs: the check before serving."""

from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, Error, connections

_MAY = """
select table_.relname, pg_has_role(table_.relowner, 'usage'), has_table_privilege(table_.oid, 'truncate'),
    current_setting('is_superuser') = 'on', current_user
from pg_class table_
where table_.oid in (to_regclass('casework_entry'), to_regclass('casework_log')) order by table_.relname
"""

HINT = (
    "Let another role own the tables and run `fanlight migrate` as it; of them grant to the one of the web server "
    "select, insert, update and delete alone, and `revoke truncate`. See docs/operating.md, The first time."
)


def check_rights(**_options: Any) -> list[checks.CheckMessage]:
    """This function will warn where the role could empty the record or the log, or take their triggers away."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(_MAY)
            rows = cursor.fetchall()
    except Error:
        return []  # the start says itself that the database does not answer
    if not rows:
        return []
    if rows[0][3]:
        said = f"The database role {rows[0][4]} is a superuser: nothing that the database refuses holds for it."
        return [checks.Warning(said, hint=HINT, id="fanlight.W001")]
    warnings: list[checks.CheckMessage] = []
    for table, owns, may_truncate, _, role in rows:
        if owns:
            said = f"The database role {role} owns {table}, and can take away the triggers that refuse to change it."
            warnings.append(checks.Warning(said, hint=HINT, id="fanlight.W002"))
        elif may_truncate:
            said = f"The database role {role} may TRUNCATE {table}, which no trigger refuses."
            warnings.append(checks.Warning(said, hint=HINT, id="fanlight.W003"))
    return warnings
