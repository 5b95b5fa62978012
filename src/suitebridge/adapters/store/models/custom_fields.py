"""The custom fields of a company, one list per record type."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class FieldList(models.Model):
    """The custom fields of one record type of one side, as JSON."""

    pk = models.CompositePrimaryKey("company_id", "system", "record_type")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    system = models.TextField()
    record_type = models.TextField()
    body = models.TextField()
    version = models.BigIntegerField()
    at = models.DateTimeField()
    account = models.TextField()

    class Meta:
        db_table = "store_fieldlist"

    def __str__(self) -> str:
        return f"custom fields of {self.record_type}"
