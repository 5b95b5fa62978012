"""Count wrong passwords and codes over all companies (docs/adr/0010)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0030_trail_filters")]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
                ("failures", models.BigIntegerField()),
                ("last_at", models.DateTimeField(db_index=True)),
                ("opens_at", models.DateTimeField()),
            ],
            options={"db_table": "store_attempt"},
        ),
    ]
