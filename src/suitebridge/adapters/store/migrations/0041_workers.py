"""Keep who carries runs out: workers with their leases, and on each run its worker and how often it changed hands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0040_dry_runs")]

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("host", models.TextField()),
                ("process", models.BigIntegerField()),
                ("version", models.TextField()),
                ("since_ms", models.BigIntegerField()),
                ("seen_ms", models.BigIntegerField()),
                ("until_ms", models.BigIntegerField(db_index=True)),
            ],
            options={"db_table": "store_worker"},
        ),
        migrations.AddField("run", "worker", models.TextField(db_default="")),
        migrations.AddField("run", "fence", models.BigIntegerField(db_default=0)),
    ]
