"""What both sides held of a record when an export last made them alike, within one NetSuite account."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class Agreement(models.Model):
    """One workspace record under one workflow; `shown` and `sending` are marks of values by target field, as JSON."""

    pk = models.CompositePrimaryKey("company_id", "account_id", "workflow", "workspace_id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    account_id = models.TextField()
    workflow = models.TextField()
    workspace_id = models.TextField()
    version = models.TextField()
    shown = models.TextField()
    sending = models.TextField()
    clash = models.TextField()
    keeps = models.TextField()

    class Meta:
        db_table = "store_agreement"

    def __str__(self) -> str:
        return f"{self.workflow} {self.workspace_id}"
