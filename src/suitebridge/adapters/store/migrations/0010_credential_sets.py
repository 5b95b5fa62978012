"""Keep the values of every credential set alike, and what is decided about the connection beside them.

Columns of `store_connection` are changed by statements that leave the table in place: rebuilding it on SQLite would lose its triggers.
"""

import django.db.models.deletion
from django.db import migrations, models

FIELDS = ("application_id", "consumer_key", "token_id")

COPY = [
    f"INSERT INTO store_credentialvalue (company_id, field, value) SELECT company_id, '{field}', {field} FROM store_connection WHERE {field} <> ''"  # noqa: S608
    for field in FIELDS
]
ADD = [
    "ALTER TABLE store_connection ADD COLUMN linked_account_id text NOT NULL DEFAULT ''",
    "ALTER TABLE store_connection ADD COLUMN switches text NOT NULL DEFAULT '[]'",
    "ALTER TABLE store_connection ADD COLUMN version bigint NOT NULL DEFAULT 0",
    "UPDATE store_connection SET linked_account_id = account_id",
]
DROP = [f"ALTER TABLE store_connection DROP COLUMN {field}" for field in FIELDS]


class Migration(migrations.Migration):
    dependencies = [("store", "0004_guard_people")]

    operations = [
        migrations.CreateModel(
            name="CredentialValue",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "field", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.TextField()),
                ("value", models.TextField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={"db_table": "store_credentialvalue"},
        ),
        migrations.RunSQL(
            sql=[*COPY, *ADD, *DROP],
            state_operations=[
                migrations.AddField("connection", "linked_account_id", models.TextField(db_default="")),
                migrations.AddField("connection", "switches", models.TextField(db_default="[]")),
                migrations.AddField("connection", "version", models.BigIntegerField(db_default=0)),
                *(migrations.RemoveField("connection", field) for field in FIELDS),
            ],
        ),
    ]
