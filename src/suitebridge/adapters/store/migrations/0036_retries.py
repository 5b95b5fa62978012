"""Tell runs that try chosen records again from those that take whatever changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0035_origins_of_entries")]

    operations = [migrations.AddField("run", "is_retry", models.BooleanField(db_default=False))]
