"""Give the roles that exist the rights of entering and approving: the administrator all of them, the role Employee its own time and expenses."""

import json

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ENTER, APPROVE, CHANGE = "Enter own time and expenses", "Approve records", "Change approved records"
ADMINISTERS, EMPLOYEE = "Administer the company", "Employee"


def rewrite(schema_editor: BaseDatabaseSchemaEditor, *, is_forward: bool) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT company_id, name, permissions FROM store_role")
        for company_id, name, permissions in cursor.fetchall():
            words = [word for word in json.loads(permissions) if word not in {ENTER, APPROVE, CHANGE}]
            added = [ENTER, APPROVE, CHANGE] if ADMINISTERS in words else [ENTER] if name == EMPLOYEE else []
            text = json.dumps(sorted(words + added * is_forward), ensure_ascii=False, separators=(",", ":"))
            cursor.execute(
                "UPDATE store_role SET permissions = %s WHERE company_id = %s AND name = %s", [text, company_id, name]
            )


def give(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(schema_editor, is_forward=True)


def take(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(schema_editor, is_forward=False)


class Migration(migrations.Migration):
    dependencies = [("store", "0052_field_lists")]

    operations = [migrations.RunPython(give, take)]
