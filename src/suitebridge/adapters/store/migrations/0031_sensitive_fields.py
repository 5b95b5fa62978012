"""Give the roles that exist the rights on sensitive fields: the administrator both, whoever sees records goes on seeing personal data.

Rates are masked from now on for roles that do not change records; an auditor sees neither.
"""

import json

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PERSONAL, RATES = "View personal data", "View rates"
ADMINISTERS, AUDITOR = "Administer the company", "Auditor"


def added(name: str, words: list[str]) -> list[str]:
    if ADMINISTERS in words:
        return [PERSONAL, RATES]
    sees_records = any(word.startswith("view:") or word == "View records" for word in words)
    return [PERSONAL] if sees_records and name != AUDITOR else []


def rewrite(schema_editor: BaseDatabaseSchemaEditor, *, is_forward: bool) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT company_id, name, permissions FROM store_role")
        for company_id, name, permissions in cursor.fetchall():
            words = [word for word in json.loads(permissions) if word not in {PERSONAL, RATES}]
            words += added(name, words) if is_forward else []
            text = json.dumps(sorted(words), ensure_ascii=False, separators=(",", ":"))
            cursor.execute(
                "UPDATE store_role SET permissions = %s WHERE company_id = %s AND name = %s", [text, company_id, name]
            )


def give(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(schema_editor, is_forward=True)


def take(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(schema_editor, is_forward=False)


class Migration(migrations.Migration):
    dependencies = [("store", "0021_sign_in")]

    operations = [migrations.RunPython(give, take)]
