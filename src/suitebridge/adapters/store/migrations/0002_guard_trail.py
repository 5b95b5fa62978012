"""Let the database itself refuse changes to the audit trail (quality.md S54).

On SQLite a later migration that rebuilds `store_trail` loses the triggers and must create them again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MESSAGE = "The audit trail is append-only."

SQLITE_CREATE = [
    f"CREATE TRIGGER store_trail_no_{act.lower()} BEFORE {act} ON store_trail BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for act in ("UPDATE", "DELETE")
]
SQLITE_DROP = [f"DROP TRIGGER store_trail_no_{act}" for act in ("update", "delete")]

POSTGRESQL_CREATE = [
    f"CREATE FUNCTION store_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    "CREATE TRIGGER store_trail_no_change BEFORE UPDATE OR DELETE ON store_trail FOR EACH ROW EXECUTE FUNCTION store_trail_refuse()",
    "CREATE TRIGGER store_trail_no_truncate BEFORE TRUNCATE ON store_trail FOR EACH STATEMENT EXECUTE FUNCTION store_trail_refuse()",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER store_trail_no_change ON store_trail",
    "DROP TRIGGER store_trail_no_truncate ON store_trail",
    "DROP FUNCTION store_trail_refuse()",
]


def guard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_CREATE if schema_editor.connection.vendor == "postgresql" else SQLITE_CREATE:
        schema_editor.execute(statement)


def unguard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_DROP if schema_editor.connection.vendor == "postgresql" else SQLITE_DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
