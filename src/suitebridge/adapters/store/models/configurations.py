"""Versions of a company's configuration, and what people are editing."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class Configuration(models.Model):
    """One version, as JSON. Rows are only added; `approval` and `judge` say later whether it was approved."""

    pk = models.CompositePrimaryKey("company_id", "version")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    version = models.BigIntegerField()
    body = models.TextField()
    author_id = models.TextField()
    author_name = models.TextField()
    at = models.DateTimeField()
    based_on = models.BigIntegerField()
    approval = models.TextField()
    judge = models.TextField()
    is_managed = models.BooleanField()
    note = models.TextField()

    class Meta:
        db_table = "store_configuration"

    def __str__(self) -> str:
        return f"version {self.version}"


class ConfigurationDraft(models.Model):
    """What one person is editing, as JSON, and the version that it began from."""

    pk = models.CompositePrimaryKey("company_id", "user_id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    user_id = models.TextField()
    body = models.TextField()
    based_on = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "store_configurationdraft"

    def __str__(self) -> str:
        return f"draft of {self.user_id}"
