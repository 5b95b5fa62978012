"""Say of each NetSuite ID which account gave it; those that there are belong to the account that the company works with.

The column may be empty, so that SQLite adds it in place: rebuilding the table would lose its triggers (migration 0004).
"""

from django.db import migrations, models
from django.db.models import Q

NAME = "store_record_netsuite"
FILL = (
    "UPDATE store_record SET netsuite_account = COALESCE((SELECT c.linked_account_id FROM store_connection c "
    "WHERE c.company_id = store_record.company_id), '') WHERE netsuite_id IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [("store", "0027_token_scopes")]

    operations = [
        migrations.AddField("workspacerecord", "netsuite_account", models.TextField(null=True)),
        migrations.RunSQL(FILL),
        migrations.RemoveConstraint("workspacerecord", NAME),
        migrations.AddConstraint(
            "workspacerecord",
            models.UniqueConstraint(
                fields=["company", "type", "netsuite_id", "netsuite_account"],
                name=NAME,
                condition=Q(netsuite_id__isnull=False),
            ),
        ),
    ]
