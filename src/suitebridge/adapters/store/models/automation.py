"""What a company automates: workflow groups, schedules, and what became of each time that was due."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class WorkflowGroup(models.Model):
    """Workflows under a name, as a JSON list in their order. `key` is the name without its case; `version` counts the saves."""

    pk = models.CompositePrimaryKey("company_id", "key")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    key = models.TextField()
    name = models.TextField()
    workflows = models.TextField()
    version = models.BigIntegerField()

    class Meta:
        db_table = "store_workflowgroup"

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """When which group runs by itself. `group_key` names the group, `timing` is JSON; times until `since` are dealt with."""

    pk = models.CompositePrimaryKey("company_id", "key")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    key = models.TextField()
    name = models.TextField()
    group_key = models.TextField()
    timing = models.TextField()
    zone = models.TextField()
    overlap = models.TextField()
    is_enabled = models.BooleanField()
    configurer_id = models.TextField()
    configurer_name = models.TextField()
    since = models.DateTimeField()
    version = models.BigIntegerField()

    class Meta:
        db_table = "store_schedule"

    def __str__(self) -> str:
        return self.name


class Tick(models.Model):
    """A time of a schedule that was due, once for each local day and label: what two workers decide here is decided once."""

    pk = models.CompositePrimaryKey("company_id", "schedule_key", "day", "label")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    schedule_key = models.TextField()
    day = models.TextField()
    label = models.TextField()
    at = models.DateTimeField()
    kind = models.TextField()
    noted_at = models.DateTimeField()
    run_id = models.TextField()
    missed = models.IntegerField()
    said = models.TextField()
    problem_code = models.TextField()
    problem_facts = models.TextField()

    class Meta:
        db_table = "store_tick"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "schedule_key", "at"], name="store_tick_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.label}"
