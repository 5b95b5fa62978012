"""Keep workflow groups: workflows under a name, in their order."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0038_second_keys")]

    operations = [
        migrations.CreateModel(
            name="WorkflowGroup",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.TextField()),
                ("name", models.TextField()),
                ("workflows", models.TextField()),
                ("version", models.BigIntegerField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={"db_table": "store_workflowgroup"},
        ),
    ]
