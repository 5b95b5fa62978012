"""Tell runs that change nothing from those that do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0039_workflow_groups")]

    operations = [migrations.AddField("run", "is_dry", models.BooleanField(db_default=False))]
