"""Remember from which day on a run reads anew. The column may be empty, so that SQLite adds it in place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0046_real_time")]

    operations = [migrations.AddField("run", "since", models.DateField(null=True))]
