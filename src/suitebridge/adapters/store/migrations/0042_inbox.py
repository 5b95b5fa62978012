"""Give the company's account an inbox of single records, and tell runs that carry them over from the others."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("store", "0041_workers")]

    operations = [
        migrations.AddField("run", "is_errand", models.BooleanField(db_default=False)),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_id", models.TextField()),
                ("direction", models.TextField()),
                ("record_type", models.TextField()),
                ("record_id", models.TextField()),
                ("version", models.TextField()),
                ("origin", models.TextField()),
                ("asked_by_id", models.TextField()),
                ("asked_by_name", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("is_waiting", models.BooleanField()),
                ("run_id", models.TextField(default="")),
                ("problem_code", models.TextField(default="")),
                ("problem_facts", models.TextField(default="{}")),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_errand",
                "indexes": [
                    models.Index(fields=["company", "key"], condition=Q(is_waiting=True), name="store_errand_waiting"),
                    models.Index(fields=["company", "record_type", "record_id", "key"], name="store_errand_record"),
                    models.Index(fields=["company", "asked_at"], name="store_errand_asked"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "direction", "record_type", "record_id"),
                        condition=Q(is_waiting=True),
                        name="store_errand_once",
                    )
                ],
            },
        ),
    ]
