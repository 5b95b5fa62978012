"""Runs, how far each workflow came, and one row per record: the frozen work list and the outcomes in one table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suitebridge.adapters.store.models.companies import Company


class Run(models.Model):
    """A run. `halt` is "", "pause" or "cancel"; `settled` counts the places given to outcomes, so that they can be read in the order they came.

    `fence` counts how often it changed hands: who carries it out and knows an older one settles nothing.
    """

    key = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    id = models.TextField()
    number = models.BigIntegerField()
    account_id = models.TextField()
    workflows = models.TextField()
    owner_id = models.TextField()
    owner_name = models.TextField()
    started_by = models.TextField()
    is_full = models.BooleanField()
    is_retry = models.BooleanField(db_default=False)
    is_dry = models.BooleanField(db_default=False)
    is_errand = models.BooleanField(db_default=False)
    state = models.TextField()
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    problem_code = models.TextField()
    problem_facts = models.TextField()
    mapping_versions = models.TextField()
    recoveries = models.IntegerField()
    halt = models.TextField(db_default="")
    halted_by = models.TextField(db_default="")
    settled = models.BigIntegerField()
    worker = models.TextField(db_default="")
    fence = models.BigIntegerField(db_default=0)
    waiting_since = models.DateTimeField(null=True)
    since = models.DateField(null=True)
    configuration = models.BigIntegerField(null=True)

    class Meta:
        db_table = "store_run"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "id"], name="store_run_id"),
            models.UniqueConstraint(fields=["company", "number"], name="store_run_number"),
        ]

    def __str__(self) -> str:
        return f"run {self.number}"


class RunProgress(models.Model):
    """One workflow within a run."""

    key = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, db_index=False)
    workflow = models.TextField()
    phase = models.TextField()
    after_id = models.TextField()
    is_frozen = models.BooleanField()
    since = models.TextField()

    class Meta:
        db_table = "store_progress"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "run", "workflow"], name="store_progress_workflow"),
        ]

    def __str__(self) -> str:
        return self.workflow


class RunItem(models.Model):
    """One record of a work list. Without a `kind` it waits; `place` is its position among the run's outcomes.

    `amount` is in millionths of `unit`. `position` is the numeric record id that orders the work list.
    """

    pk = models.CompositePrimaryKey("progress_id", "source_id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    progress = models.ForeignKey(RunProgress, on_delete=models.PROTECT, db_index=False)
    source_id = models.TextField()
    position = models.BigIntegerField()
    version = models.TextField()
    kind = models.TextField(null=True)
    place = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    source_version = models.TextField(default="")
    title = models.TextField(default="")
    target_id = models.TextField(default="")
    details = models.TextField(default="")
    unit = models.TextField(null=True)
    amount = models.BigIntegerField(null=True)

    class Meta:
        db_table = "store_item"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["progress", "position", "source_id"],
                name="store_item_pending",
                condition=Q(kind__isnull=True),
            ),
            models.Index(
                fields=["progress", "kind", "unit", "amount"],
                name="store_item_tally",
                condition=Q(kind__isnull=False),
            ),
            models.Index(fields=["run", "place"], name="store_item_place", condition=Q(place__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.source_id


class OpenItem(models.Model):
    """A source record that each later run of a workflow takes up by its id until it closes."""

    pk = models.CompositePrimaryKey("company_id", "account_id", "workflow", "source_id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    account_id = models.TextField()
    workflow = models.TextField()
    source_id = models.TextField()
    kind = models.TextField()
    run_id = models.TextField()
    touched_at = models.DateTimeField()

    class Meta:
        db_table = "store_openitem"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "account_id", "workflow", "touched_at"], name="store_openitem_touched"),
        ]

    def __str__(self) -> str:
        return f"{self.workflow} {self.source_id}"
