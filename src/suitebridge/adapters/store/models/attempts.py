"""Wrong passwords and codes, counted over all companies."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """The wrong tries of one subject, by the SHA-256 of its name."""

    digest = models.TextField(primary_key=True)
    failures = models.BigIntegerField()
    last_at = models.DateTimeField(db_index=True)
    opens_at = models.DateTimeField()

    class Meta:
        db_table = "store_attempt"

    def __str__(self) -> str:
        return self.digest
