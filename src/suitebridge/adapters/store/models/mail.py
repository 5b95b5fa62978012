"""The mail server of a company, and the sealed password that it is signed in to with."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class MailServer(models.Model):
    """Where notifications leave as e-mail. Without a password, `key_id` is empty; `version` counts the saves."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, primary_key=True)
    host = models.TextField()
    port = models.IntegerField()
    security = models.TextField()
    sign_in = models.TextField()
    sender = models.TextField()
    version = models.BigIntegerField()
    format = models.IntegerField(db_default=0)
    key_id = models.TextField(db_default="")
    envelope = models.TextField(db_default="")
    fingerprint = models.TextField(db_default="")

    class Meta:
        db_table = "store_mailserver"

    def __str__(self) -> str:
        return self.host
