"""The real-time settings of a company, and the sealed key that pushes are signed with."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class RealTimeSetting(models.Model):
    """What is exported when it is saved, as a JSON list. Without a key, `key_id` is empty."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, primary_key=True)
    exports = models.TextField(db_default="[]")
    configured_by = models.TextField(db_default="")
    version = models.BigIntegerField(db_default=0)
    format = models.IntegerField(db_default=0)
    key_id = models.TextField(db_default="")
    envelope = models.TextField(db_default="")
    fingerprint = models.TextField(db_default="")
    set_by = models.TextField(db_default="")
    set_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_realtime"

    def __str__(self) -> str:
        return str(self.exports)
