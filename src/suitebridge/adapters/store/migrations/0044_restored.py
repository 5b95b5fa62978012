"""Remember below which record id a company was put back from a backup: those records may be in NetSuite without our knowing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0043_schedules")]

    operations = [migrations.AddField("company", "restored_below", models.BigIntegerField(db_default=0))]
