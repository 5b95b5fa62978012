"""Let a role end by itself, keep why duties came into one hand, and whether the company keeps them apart.

Columns that must not be empty are added by statements that leave the tables in place: rebuilding them on SQLite would lose their triggers.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0031_sensitive_fields")]

    operations = [
        migrations.AddField("person", "ends_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            sql=[
                "ALTER TABLE store_person ADD COLUMN duties_reason text NOT NULL DEFAULT ''",
                "ALTER TABLE store_company ADD COLUMN keeps_duties_apart boolean NOT NULL DEFAULT false",
            ],
            reverse_sql=[
                "ALTER TABLE store_person DROP COLUMN duties_reason",
                "ALTER TABLE store_company DROP COLUMN keeps_duties_apart",
            ],
            state_operations=[
                migrations.AddField("person", "duties_reason", models.TextField(db_default="")),
                migrations.AddField("company", "keeps_duties_apart", models.BooleanField(db_default=False)),
            ],
        ),
    ]
