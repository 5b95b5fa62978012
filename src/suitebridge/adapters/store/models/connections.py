"""The one NetSuite connection of a company, and its sealed secrets."""

from __future__ import annotations

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class Connection(models.Model):
    """What is decided about a connection. `switches` is a JSON list of settings that are on; `version` counts the changes."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, primary_key=True)
    account_id = models.TextField()
    integration_user_id = models.TextField()
    linked_account_id = models.TextField(db_default="")
    switches = models.TextField(db_default="[]")
    version = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "store_connection"

    def __str__(self) -> str:
        return str(self.account_id)


class CredentialValue(models.Model):
    """A value of a credential set that may be shown: a key, an id."""

    pk = models.CompositePrimaryKey("company_id", "field")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    field = models.TextField()
    value = models.TextField()

    class Meta:
        db_table = "store_credentialvalue"

    def __str__(self) -> str:
        return self.field


class SealedSecret(models.Model):
    """A secret as it is kept: sealed, with what may be shown of it. `envelope` opens only for its company, field and account."""

    pk = models.CompositePrimaryKey("company_id", "field")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    field = models.TextField()
    format = models.IntegerField()
    key_id = models.TextField(db_index=True)
    envelope = models.TextField()
    fingerprint = models.TextField()
    set_by = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "store_sealedsecret"

    def __str__(self) -> str:
        return self.field
