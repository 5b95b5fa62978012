"""The inbox of a company's account: single records that wait to be carried over, and which run took each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suitebridge.adapters.store.models.companies import Company


class Errand(models.Model):
    """One record to carry over. While it waits there is only one for each record and direction."""

    key = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    account_id = models.TextField()
    direction = models.TextField()
    record_type = models.TextField()
    record_id = models.TextField()
    version = models.TextField()
    origin = models.TextField()
    asked_by_id = models.TextField()
    asked_by_name = models.TextField()
    asked_at = models.DateTimeField()
    is_waiting = models.BooleanField()
    run_id = models.TextField(default="")
    problem_code = models.TextField(default="")
    problem_facts = models.TextField(default="{}")

    class Meta:
        db_table = "store_errand"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "direction", "record_type", "record_id"],
                condition=Q(is_waiting=True),
                name="store_errand_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "key"], condition=Q(is_waiting=True), name="store_errand_waiting"),
            models.Index(fields=["company", "record_type", "record_id", "key"], name="store_errand_record"),
            models.Index(fields=["company", "asked_at"], name="store_errand_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} of {self.record_type} {self.record_id}"
