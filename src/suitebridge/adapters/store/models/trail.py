"""The audit trail: append-only, one chain of hashes per company. Triggers refuse every change (migration 0002)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suitebridge.adapters.store.models.companies import Company


class TrailEntry(models.Model):
    """One entry. `changes` is the exact text that was hashed, hence no JSON column, which may rewrite it."""

    pk = models.CompositePrimaryKey("company_id", "sequence")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    event = models.TextField()
    record_type = models.TextField()
    record_id = models.TextField()
    record_title = models.TextField()
    author_id = models.TextField()
    author_name = models.TextField()
    door = models.TextField()
    run_id = models.TextField()
    changes = models.TextField()
    address = models.TextField(db_default="")
    version = models.TextField(db_default="")
    hash = models.TextField()

    class Meta:
        db_table = "store_trail"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "record_type", "record_id", "sequence"], name="store_trail_record"),
            models.Index(fields=["company", "run_id", "sequence"], name="store_trail_run", condition=~Q(run_id="")),
            models.Index(fields=["company", "author_id", "sequence"], name="store_trail_by_author"),
            models.Index(
                fields=["company", "door", "sequence"],
                name="store_trail_by_person_door",
                condition=~Q(door="NetSuite integration"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"
