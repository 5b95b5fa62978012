"""Keep versions of the configuration and drafts, and which version a run was pinned to. The run's column may be empty, so that SQLite adds it in place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0048_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="configuration",
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Configuration",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.BigIntegerField()),
                ("body", models.TextField()),
                ("author_id", models.TextField()),
                ("author_name", models.TextField()),
                ("at", models.DateTimeField()),
                ("based_on", models.BigIntegerField()),
                ("approval", models.TextField()),
                ("judge", models.TextField()),
                ("is_managed", models.BooleanField()),
                ("note", models.TextField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_configuration",
            },
        ),
        migrations.CreateModel(
            name="ConfigurationDraft",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "user_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("user_id", models.TextField()),
                ("body", models.TextField()),
                ("based_on", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_configurationdraft",
            },
        ),
    ]
