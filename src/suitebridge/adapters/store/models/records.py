"""One table for the records of every workspace type: a few columns that searches need, and all fields as JSON (ADR 0002)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suitebridge.adapters.store.models.companies import Company


class WorkspaceRecord(models.Model):
    """A record. Columns between `revision` and `created_at` repeat what `data` says; `promotion` is the only place that fills them.

    `netsuite_account` is the account that gave the NetSuite ID; while the company works with another one, the ID counts for nothing.
    `awaits_export` is true for a record that can be exported and is not; NULL for any other, so that the index holds only work to do.
    `second_key` is the e-mail of those who have one, without case: what else than the title tells them.
    The company is no checked foreign key, here and in the other tables that grow by thousands of rows at a time: each row is written
    while its transaction holds the company's row.
    """

    pk = models.CompositePrimaryKey("company_id", "type", "number")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    type = models.TextField()
    number = models.BigIntegerField()
    revision = models.BigIntegerField()
    title = models.TextField()
    title_key = models.TextField()
    netsuite_id = models.TextField(null=True)
    netsuite_account = models.TextField(null=True)
    parent_id = models.BigIntegerField(null=True)
    status = models.TextField(null=True)
    day = models.DateField(null=True)
    active = models.BooleanField(null=True)
    exported_at = models.DateTimeField(null=True)
    awaits_export = models.BooleanField(null=True)
    load_key = models.TextField(null=True)
    second_key = models.TextField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    data = models.JSONField()

    class Meta:
        db_table = "store_record"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "type", "netsuite_id", "netsuite_account"],
                name="store_record_netsuite",
                condition=Q(netsuite_id__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "type", "title_key"], name="store_record_title"),
            models.Index(
                fields=["company", "type", "number"],
                name="store_record_awaiting",
                condition=Q(awaits_export__isnull=False),
            ),
            models.Index(
                fields=["company", "type", "load_key"], name="store_record_load", condition=Q(load_key__isnull=False)
            ),
            models.Index(
                fields=["company", "type", "second_key"],
                name="store_record_second",
                condition=Q(second_key__isnull=False),
            ),
            models.Index(
                fields=["company", "type", "status", "awaits_export", "number"],
                name="store_record_status",
                condition=Q(status__isnull=False),
            ),
            models.Index(
                fields=["company", "type", "day", "number"], name="store_record_day", condition=Q(day__isnull=False)
            ),
            models.Index(
                fields=["company", "type", "parent_id", "number"],
                name="store_record_parent",
                condition=Q(parent_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"
