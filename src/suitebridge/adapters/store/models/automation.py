"""What a company automates: workflow groups."""

from __future__ import annotations

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
