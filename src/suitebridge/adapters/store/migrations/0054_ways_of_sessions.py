"""Keep how a session came in, and let administrators and whoever holds the role Employee sign in by NetSuite.

The column is added by a statement that leaves the table in place. Other roles stay as they were given: an administrator adds the permission.
"""

import json

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ADMINISTERS, EMPLOYEE, SIGN_ON = "Administer the company", "Employee", "Sign in by NetSuite"


def rewrite(schema_editor: BaseDatabaseSchemaEditor, *, is_forward: bool) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT company_id, name, permissions FROM store_role")
        for company_id, name, permissions in cursor.fetchall():
            words = [word for word in json.loads(permissions) if word != SIGN_ON]
            if is_forward and (ADMINISTERS in words or name == EMPLOYEE):
                words.append(SIGN_ON)
            text = json.dumps(sorted(words), ensure_ascii=False, separators=(",", ":"))
            cursor.execute(
                "UPDATE store_role SET permissions = %s WHERE company_id = %s AND name = %s", [text, company_id, name]
            )


def give(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(schema_editor, is_forward=True)


def take(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(schema_editor, is_forward=False)


class Migration(migrations.Migration):
    dependencies = [("store", "0053_rights_of_entering")]

    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE store_usersession ADD COLUMN way text NOT NULL DEFAULT 'password'",
            reverse_sql="ALTER TABLE store_usersession DROP COLUMN way",
            state_operations=[
                migrations.AddField("usersession", "way", models.TextField(db_default="password")),
            ],
        ),
        migrations.RunPython(give, take),
    ]
