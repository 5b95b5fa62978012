"""The tenant, its counters and the head of its audit chain. Its row is the lock of every write to the company."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Company(models.Model):
    """A tenant. `audit_sequence` and `audit_hash` are the last entry of its trail; `next_record` the next free record id.

    Records with ids below `restored_below` may have been sent after the backup was made that the company was put back from.
    """

    id = models.TextField(primary_key=True)
    name = models.TextField()
    token = models.TextField(unique=True)
    zone = models.TextField()
    ordinal = models.BigIntegerField()
    audit_sequence = models.BigIntegerField(default=0)
    audit_hash = models.TextField()
    next_record = models.BigIntegerField(default=1)
    keeps_duties_apart = models.BooleanField(db_default=False)
    restored_below = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "store_company"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ordinal"], name="store_company_ordinal"),
        ]

    def __str__(self) -> str:
        return self.id
