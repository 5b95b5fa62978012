"""Remember the keys of requests to the API, so that one sent twice does nothing twice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0024_stamps_of_accounts")]

    operations = [
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.TextField()),
                ("request", models.TextField()),
                ("is_done", models.BooleanField()),
                ("made", models.TextField()),
                ("claimed_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={"db_table": "store_requestkey"},
        ),
    ]
