"""Keep which records are exported when they are saved, and the key that pushes are signed with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0045_waiting_runs")]

    operations = [
        migrations.CreateModel(
            name="RealTimeSetting",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="store.company",
                    ),
                ),
                ("exports", models.TextField(db_default="[]")),
                ("configured_by", models.TextField(db_default="")),
                ("version", models.BigIntegerField(db_default=0)),
                ("format", models.IntegerField(db_default=0)),
                ("key_id", models.TextField(db_default="")),
                ("envelope", models.TextField(db_default="")),
                ("fingerprint", models.TextField(db_default="")),
                ("set_by", models.TextField(db_default="")),
                ("set_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "store_realtime"},
        ),
    ]
