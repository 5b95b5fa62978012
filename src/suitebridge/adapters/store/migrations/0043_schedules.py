"""Keep schedules, and what became of each time that was due."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _owned(*key: str) -> list[tuple[str, "models.Field[Any, Any]"]]:
    company = models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company")
    pk = models.CompositePrimaryKey("company_id", *key, blank=True, editable=False, primary_key=True, serialize=False)
    return [("pk", pk), ("company", company)]


class Migration(migrations.Migration):
    dependencies = [("store", "0042_inbox")]

    operations = [
        migrations.CreateModel(
            name="Schedule",
            fields=[
                *_owned("key"),
                ("key", models.TextField()),
                ("name", models.TextField()),
                ("group_key", models.TextField()),
                ("timing", models.TextField()),
                ("zone", models.TextField()),
                ("overlap", models.TextField()),
                ("is_enabled", models.BooleanField()),
                ("configurer_id", models.TextField()),
                ("configurer_name", models.TextField()),
                ("since", models.DateTimeField()),
                ("version", models.BigIntegerField()),
            ],
            options={"db_table": "store_schedule"},
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                *_owned("schedule_key", "day", "label"),
                ("schedule_key", models.TextField()),
                ("day", models.TextField()),
                ("label", models.TextField()),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("noted_at", models.DateTimeField()),
                ("run_id", models.TextField()),
                ("missed", models.IntegerField()),
                ("said", models.TextField()),
                ("problem_code", models.TextField()),
                ("problem_facts", models.TextField()),
            ],
            options={
                "db_table": "store_tick",
                "indexes": [models.Index(fields=["company", "schedule_key", "at"], name="store_tick_newest")],
            },
        ),
    ]
