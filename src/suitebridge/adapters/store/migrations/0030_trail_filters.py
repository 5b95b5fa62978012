"""Let the filters of the audit trail find their entries by an index, newest first."""

from django.db import migrations, models

FIELDS = ("author_id", "record_type", "door")


class Migration(migrations.Migration):
    dependencies = [("store", "0028_request_keys")]

    operations = [
        migrations.AddIndex(
            "trailentry",
            models.Index(fields=["company", name, "sequence"], name=f"store_trail_by_{name.removesuffix('_id')}"),
        )
        for name in FIELDS
    ]
