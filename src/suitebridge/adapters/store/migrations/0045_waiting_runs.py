"""Remember since when a run waits for NetSuite. The column may be empty, so that SQLite adds it in place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0044_restored")]

    operations = [migrations.AddField("run", "waiting_since", models.DateTimeField(null=True))]
