"""API tokens of a company's users: only their hashes are kept."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class ApiToken(models.Model):
    """A token by the SHA-256 of its text, which is random and long, so that no slow hash is needed."""

    pk = models.CompositePrimaryKey("company_id", "digest")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    digest = models.TextField()
    number = models.BigIntegerField()
    label = models.TextField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    scopes = models.TextField(db_default="[]")
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_apitoken"

    def __str__(self) -> str:
        return self.label
