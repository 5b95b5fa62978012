"""Give each API token its scopes, and note when it was last used.

The column of scopes is added by a statement that leaves the table in place: triggers of other tables name it, and SQLite would have to rebuild
it for a column that must not be empty. Tokens of before keep what they opened; new ones open what they name, and nothing by default.
"""

from django.db import migrations, models

EVERYTHING = '["read","run","trail","people","connection","tokens","command-line"]'


class Migration(migrations.Migration):
    dependencies = [("store", "0010_credential_sets")]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE store_apitoken ADD COLUMN scopes text NOT NULL DEFAULT '[]'",
                f"UPDATE store_apitoken SET scopes = '{EVERYTHING}'",  # noqa: S608
            ],
            state_operations=[migrations.AddField("apitoken", "scopes", models.TextField(db_default="[]"))],
        ),
        migrations.AddField("apitoken", "last_used_at", models.DateTimeField(null=True)),
    ]
