"""Keep from where an entry of the trail was asked for, and by which version it was written.

The columns are added in place: a rebuilt table would lose the triggers that refuse to change entries. Entries of before keep their hashes.
"""

from django.db import migrations, models

COLUMNS = ("address", "version")


class Migration(migrations.Migration):
    dependencies = [("store", "0034_halts")]

    operations = [
        migrations.RunSQL(
            sql=[f"ALTER TABLE store_trail ADD COLUMN {name} text NOT NULL DEFAULT ''" for name in COLUMNS],
            state_operations=[
                migrations.AddField("trailentry", name, models.TextField(db_default="")) for name in COLUMNS
            ],
        ),
    ]
