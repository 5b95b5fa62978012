"""Signed-in sessions, the rules they live by, second factors, and which refusals were written down lately."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suitebridge.adapters.store.models.companies import Company


class UserSession(models.Model):
    """One sign-in at the console; of an earlier `epoch` than its person's it is over."""

    pk = models.CompositePrimaryKey("company_id", "id")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    id = models.TextField()
    number = models.BigIntegerField()
    epoch = models.BigIntegerField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proven_at = models.DateTimeField()
    address = models.TextField()
    browser = models.TextField()
    way = models.TextField(db_default="password")

    class Meta:
        db_table = "store_usersession"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "number"], name="store_usersession_person"),
        ]

    def __str__(self) -> str:
        return self.id


class SignInRules(models.Model):
    """What a company asks of sessions and administrators; no row means the limits of every company."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, primary_key=True)
    idle_minutes = models.IntegerField()
    longest_minutes = models.IntegerField()
    demands_second_factor = models.BooleanField()

    class Meta:
        db_table = "store_signinrules"

    def __str__(self) -> str:
        return str(self.pk)


class SecondFactor(models.Model):
    """The sealed secret of a user's one-time codes; `set_at` is empty until a code has proved it, `last_step` the newest step used."""

    pk = models.CompositePrimaryKey("company_id", "number")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    number = models.BigIntegerField()
    format = models.IntegerField()
    key_id = models.TextField(db_index=True)
    envelope = models.TextField()
    fingerprint = models.TextField()
    set_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField()

    class Meta:
        db_table = "store_secondfactor"

    def __str__(self) -> str:
        return f"second factor of {self.number}"


class RecoveryCode(models.Model):
    """A recovery code by its SHA-256; the text is random and long, so that no slow hash is needed."""

    pk = models.CompositePrimaryKey("company_id", "number", "digest")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    number = models.BigIntegerField()
    digest = models.TextField()

    class Meta:
        db_table = "store_recoverycode"

    def __str__(self) -> str:
        return f"recovery code of {self.number}"


class Refusal(models.Model):
    """When something that comes again and again, a refused attempt first of all, was last written into the trail, by the SHA-256 of what it was."""

    pk = models.CompositePrimaryKey("company_id", "digest")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    digest = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "store_refusal"

    def __str__(self) -> str:
        return self.digest
