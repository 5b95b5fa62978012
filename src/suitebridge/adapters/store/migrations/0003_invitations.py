"""Keep one invitation for each user, and count for each what ends their sessions.

Columns are added by statements that leave the table in place: rebuilding it on SQLite would lose its triggers.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0002_guard_trail")]

    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE store_person ADD COLUMN epoch bigint NOT NULL DEFAULT 0",
            reverse_sql="ALTER TABLE store_person DROP COLUMN epoch",
            state_operations=[migrations.AddField("person", "epoch", models.BigIntegerField(db_default=0))],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("digest", models.TextField()),
                ("expires_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={"db_table": "store_invitation"},
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("company", "digest"), name="store_invitation_digest"),
        ),
    ]
