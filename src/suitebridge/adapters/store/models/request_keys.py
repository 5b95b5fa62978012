"""Keys of requests to the API, for a day: hashes of key and contents, and the id of what was made."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class RequestKey(models.Model):
    """A key by the SHA-256 of its user and its text."""

    pk = models.CompositePrimaryKey("company_id", "digest")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    digest = models.TextField()
    request = models.TextField()
    is_done = models.BooleanField()
    made = models.TextField()
    claimed_at = models.DateTimeField()

    class Meta:
        db_table = "store_requestkey"

    def __str__(self) -> str:
        return self.digest[:12]
