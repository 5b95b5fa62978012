"""Pairs of ids that mean one thing, and from where each workflow reads on. Both hold for one NetSuite account only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suitebridge.adapters.store.models.companies import Company


class Binding(models.Model):
    """One pair. A NetSuite id is bound at most once (I2)."""

    pk = models.CompositePrimaryKey("company_id", "account_id", "workspace_type", "netsuite_type", "workspace_id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    account_id = models.TextField()
    workspace_type = models.TextField()
    netsuite_type = models.TextField()
    workspace_id = models.TextField()
    netsuite_id = models.TextField(null=True)
    state = models.TextField()
    workflow = models.TextField()
    external_id = models.TextField()
    source_version = models.TextField()
    body_hash = models.TextField()
    mapping_version = models.TextField()
    attempt = models.IntegerField()

    class Meta:
        db_table = "store_binding"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "account_id", "workspace_type", "netsuite_type", "netsuite_id"],
                name="store_binding_netsuite",
                condition=Q(netsuite_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workspace_type} {self.workspace_id}"


class Watermark(models.Model):
    """From where the next run of a workflow reads."""

    pk = models.CompositePrimaryKey("company_id", "account_id", "workflow")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    account_id = models.TextField()
    workflow = models.TextField()
    since = models.TextField()

    class Meta:
        db_table = "store_watermark"

    def __str__(self) -> str:
        return self.workflow
