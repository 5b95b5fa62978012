"""Find people and firms by their e-mail through an index: without one, matching by it read every record of the type, again for each batch.

The column may be empty, so that SQLite adds it in place: rebuilding the table would lose its triggers (migration 0004).
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Q

TYPES = ("contact", "customer", "employee", "vendor")
LENGTH = 200
BATCH = 1000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the key of the records that there are; only the database's language folds case too little."""
    alias = schema_editor.connection.alias
    records = apps.get_model("store", "WorkspaceRecord").objects.using(alias)
    for company, kind in records.filter(type__in=TYPES).values_list("company_id", "type").distinct():
        number = 0
        while rows := list(
            records.filter(company_id=company, type=kind, number__gt=number)
            .order_by("number")
            .values_list("number", "data")[:BATCH]
        ):
            keys = [(str(data.get("email") or "").casefold()[:LENGTH], company, kind, own) for own, data in rows]
            with schema_editor.connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE store_record SET second_key = %s WHERE company_id = %s AND type = %s AND number = %s",
                    [key for key in keys if key[0]],
                )
            number = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("store", "0037_fewer_trail_indexes")]

    operations = [
        migrations.AddField("workspacerecord", "second_key", models.TextField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "workspacerecord",
            models.Index(
                fields=["company", "type", "second_key"],
                name="store_record_second",
                condition=Q(second_key__isnull=False),
            ),
        ),
    ]
