"""The processes that carry runs out, over all companies."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A worker and its lease. Moments are milliseconds since 1970 by the database's own clock: no worker's clock counts."""

    id = models.TextField(primary_key=True)
    kind = models.TextField()
    host = models.TextField()
    process = models.BigIntegerField()
    version = models.TextField()
    since_ms = models.BigIntegerField()
    seen_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "store_worker"

    def __str__(self) -> str:
        return self.id
