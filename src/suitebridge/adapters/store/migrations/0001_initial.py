"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("token", models.TextField(unique=True)),
                ("zone", models.TextField()),
                ("ordinal", models.BigIntegerField()),
                ("audit_sequence", models.BigIntegerField(default=0)),
                ("audit_hash", models.TextField()),
                ("next_record", models.BigIntegerField(default=1)),
            ],
            options={
                "db_table": "store_company",
                "constraints": [models.UniqueConstraint(fields=("ordinal",), name="store_company_ordinal")],
            },
        ),
        migrations.CreateModel(
            name="WorkspaceRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "type", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.company",
                    ),
                ),
                ("type", models.TextField()),
                ("number", models.BigIntegerField()),
                ("revision", models.BigIntegerField()),
                ("title", models.TextField()),
                ("title_key", models.TextField()),
                ("netsuite_id", models.TextField(null=True)),
                ("parent_id", models.BigIntegerField(null=True)),
                ("status", models.TextField(null=True)),
                ("day", models.DateField(null=True)),
                ("active", models.BooleanField(null=True)),
                ("exported_at", models.DateTimeField(null=True)),
                ("awaits_export", models.BooleanField(null=True)),
                ("load_key", models.TextField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("data", models.JSONField()),
            ],
            options={
                "db_table": "store_record",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("netsuite_id__isnull", False)),
                        fields=("company", "type", "netsuite_id"),
                        name="store_record_netsuite",
                    )
                ],
                "indexes": [
                    models.Index(fields=["company", "type", "title_key"], name="store_record_title"),
                    models.Index(
                        condition=models.Q(("awaits_export__isnull", False)),
                        fields=["company", "type", "number"],
                        name="store_record_awaiting",
                    ),
                    models.Index(
                        condition=models.Q(("load_key__isnull", False)),
                        fields=["company", "type", "load_key"],
                        name="store_record_load",
                    ),
                    models.Index(
                        condition=models.Q(("status__isnull", False)),
                        fields=["company", "type", "status", "awaits_export", "number"],
                        name="store_record_status",
                    ),
                    models.Index(
                        condition=models.Q(("day__isnull", False)),
                        fields=["company", "type", "day", "number"],
                        name="store_record_day",
                    ),
                    models.Index(
                        condition=models.Q(("parent_id__isnull", False)),
                        fields=["company", "type", "parent_id", "number"],
                        name="store_record_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("name", models.TextField()),
                ("permissions", models.TextField()),
            ],
            options={
                "db_table": "store_role",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("number", models.BigIntegerField()),
                ("role", models.TextField()),
                ("sign_in", models.TextField(unique=True)),
            ],
            options={
                "db_table": "store_person",
                "constraints": [models.UniqueConstraint(fields=("company", "number"), name="store_person_record")],
            },
        ),
        migrations.CreateModel(
            name="Connection",
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
                ("account_id", models.TextField()),
                ("application_id", models.TextField()),
                ("consumer_key", models.TextField()),
                ("token_id", models.TextField()),
                ("integration_user_id", models.TextField()),
            ],
            options={
                "db_table": "store_connection",
            },
        ),
        migrations.CreateModel(
            name="SealedSecret",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "field", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("field", models.TextField()),
                ("format", models.IntegerField()),
                ("key_id", models.TextField(db_index=True)),
                ("envelope", models.TextField()),
                ("fingerprint", models.TextField()),
                ("set_by", models.TextField()),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "store_sealedsecret",
            },
        ),
        migrations.CreateModel(
            name="Binding",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id",
                        "account_id",
                        "workspace_type",
                        "netsuite_type",
                        "workspace_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.company",
                    ),
                ),
                ("account_id", models.TextField()),
                ("workspace_type", models.TextField()),
                ("netsuite_type", models.TextField()),
                ("workspace_id", models.TextField()),
                ("netsuite_id", models.TextField(null=True)),
                ("state", models.TextField()),
                ("workflow", models.TextField()),
                ("external_id", models.TextField()),
                ("source_version", models.TextField()),
                ("body_hash", models.TextField()),
                ("mapping_version", models.TextField()),
                ("attempt", models.IntegerField()),
            ],
            options={
                "db_table": "store_binding",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("netsuite_id__isnull", False)),
                        fields=("company", "account_id", "workspace_type", "netsuite_type", "netsuite_id"),
                        name="store_binding_netsuite",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Watermark",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id",
                        "account_id",
                        "workflow",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("account_id", models.TextField()),
                ("workflow", models.TextField()),
                ("since", models.TextField()),
            ],
            options={
                "db_table": "store_watermark",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("id", models.TextField()),
                ("number", models.BigIntegerField()),
                ("account_id", models.TextField()),
                ("workflows", models.TextField()),
                ("owner_id", models.TextField()),
                ("owner_name", models.TextField()),
                ("started_by", models.TextField()),
                ("is_full", models.BooleanField()),
                ("state", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("problem_code", models.TextField()),
                ("problem_facts", models.TextField()),
                ("mapping_versions", models.TextField()),
                ("recoveries", models.IntegerField()),
                ("settled", models.BigIntegerField()),
            ],
            options={
                "db_table": "store_run",
                "constraints": [
                    models.UniqueConstraint(fields=("company", "id"), name="store_run_id"),
                    models.UniqueConstraint(fields=("company", "number"), name="store_run_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunProgress",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("run", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.run")),
                ("workflow", models.TextField()),
                ("phase", models.TextField()),
                ("after_id", models.TextField()),
                ("is_frozen", models.BooleanField()),
                ("since", models.TextField()),
            ],
            options={
                "db_table": "store_progress",
                "constraints": [
                    models.UniqueConstraint(fields=("company", "run", "workflow"), name="store_progress_workflow")
                ],
            },
        ),
        migrations.CreateModel(
            name="RunItem",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "progress_id", "source_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.company",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.run"
                    ),
                ),
                (
                    "progress",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.runprogress"
                    ),
                ),
                ("source_id", models.TextField()),
                ("position", models.BigIntegerField()),
                ("version", models.TextField()),
                ("kind", models.TextField(null=True)),
                ("place", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(null=True)),
                ("source_version", models.TextField(default="")),
                ("title", models.TextField(default="")),
                ("target_id", models.TextField(default="")),
                ("details", models.TextField(default="")),
                ("unit", models.TextField(null=True)),
                ("amount", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "store_item",
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind__isnull", True)),
                        fields=["progress", "position", "source_id"],
                        name="store_item_pending",
                    ),
                    models.Index(
                        condition=models.Q(("kind__isnull", False)),
                        fields=["progress", "kind", "unit", "amount"],
                        name="store_item_tally",
                    ),
                    models.Index(
                        condition=models.Q(("place__isnull", False)), fields=["run", "place"], name="store_item_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenItem",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id",
                        "account_id",
                        "workflow",
                        "source_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("account_id", models.TextField()),
                ("workflow", models.TextField()),
                ("source_id", models.TextField()),
                ("kind", models.TextField()),
                ("run_id", models.TextField()),
                ("touched_at", models.DateTimeField()),
            ],
            options={
                "db_table": "store_openitem",
                "indexes": [
                    models.Index(
                        fields=["company", "account_id", "workflow", "touched_at"], name="store_openitem_touched"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.company",
                    ),
                ),
                ("sequence", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("event", models.TextField()),
                ("record_type", models.TextField()),
                ("record_id", models.TextField()),
                ("record_title", models.TextField()),
                ("author_id", models.TextField()),
                ("author_name", models.TextField()),
                ("door", models.TextField()),
                ("run_id", models.TextField()),
                ("changes", models.TextField()),
                ("hash", models.TextField()),
            ],
            options={
                "db_table": "store_trail",
                "indexes": [
                    models.Index(fields=["company", "record_type", "record_id", "sequence"], name="store_trail_record"),
                    models.Index(
                        condition=models.Q(("run_id", ""), _negated=True),
                        fields=["company", "run_id", "sequence"],
                        name="store_trail_run",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "company_id", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="store.company"),
                ),
                ("digest", models.TextField()),
                ("number", models.BigIntegerField()),
                ("label", models.TextField()),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "store_apitoken",
            },
        ),
    ]
