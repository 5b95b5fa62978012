"""Notifications: who is told, how workflows stood when that was told, and the messages on their way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class Recipient(models.Model):
    """A webhook that is told, with its sealed key. `workflows` is a JSON list; `version` counts the saves."""

    pk = models.CompositePrimaryKey("company_id", "key")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    key = models.TextField()
    name = models.TextField()
    url = models.TextField()
    workflows = models.TextField()
    least = models.TextField()
    digest_hour = models.IntegerField(null=True)
    muted_until = models.TextField()
    version = models.BigIntegerField()
    format = models.IntegerField()
    key_id = models.TextField()
    envelope = models.TextField()
    fingerprint = models.TextField()

    class Meta:
        db_table = "store_recipient"

    def __str__(self) -> str:
        return self.name


class Stand(models.Model):
    """How a workflow stood when that was told last."""

    pk = models.CompositePrimaryKey("company_id", "workflow")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    workflow = models.TextField()
    standing = models.TextField()
    run_id = models.TextField()
    run_number = models.BigIntegerField()
    run_state = models.TextField()
    code = models.TextField()
    left_open = models.BigIntegerField()

    class Meta:
        db_table = "store_stand"

    def __str__(self) -> str:
        return f"{self.workflow}: {self.standing}"


class Message(models.Model):
    """One notice for one recipient: waiting, sent or given up. `id` stays through every attempt."""

    pk = models.CompositePrimaryKey("company_id", "id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    id = models.TextField()
    recipient_key = models.TextField()
    recipient = models.TextField()
    kind = models.TextField()
    body = models.TextField()
    made_at = models.DateTimeField()
    state = models.TextField()
    attempts = models.IntegerField()
    next_at = models.DateTimeField()
    said = models.TextField()

    class Meta:
        db_table = "store_message"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "state", "next_at"], name="store_message_due"),
        ]

    def __str__(self) -> str:
        return self.id
