"""Keep sessions one by one, the rules they live by, second factors, and which refusals were written down lately."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0020_attempts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInRules",
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
                ("idle_minutes", models.IntegerField()),
                ("longest_minutes", models.IntegerField()),
                ("demands_second_factor", models.BooleanField()),
            ],
            options={
                "db_table": "store_signinrules",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "number", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("digest", models.TextField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_recoverycode",
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_refusal",
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("format", models.IntegerField()),
                ("key_id", models.TextField(db_index=True)),
                ("envelope", models.TextField()),
                ("fingerprint", models.TextField()),
                ("set_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_secondfactor",
            },
        ),
        migrations.CreateModel(
            name="UserSession",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.TextField()),
                ("number", models.BigIntegerField()),
                ("epoch", models.BigIntegerField()),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("proven_at", models.DateTimeField()),
                ("address", models.TextField()),
                ("browser", models.TextField()),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
            ],
            options={
                "db_table": "store_usersession",
                "indexes": [models.Index(fields=["company", "number"], name="store_usersession_person")],
            },
        ),
    ]
