"""Keep what was asked of a run: to pause, or to be cancelled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0033_guard_roles_for_a_time")]

    operations = [migrations.AddField("run", name, models.TextField(db_default="")) for name in ("halt", "halted_by")]
