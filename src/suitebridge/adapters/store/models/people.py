"""Who may sign in, and the roles of a company. A person is the sign-in of one employee record, which holds name and activity."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac

from suitebridge.adapters.store.models.companies import Company


class Role(models.Model):
    """A named set of permissions of one company, as a JSON list of their words."""

    pk = models.CompositePrimaryKey("company_id", "name")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    name = models.TextField()
    permissions = models.TextField()

    class Meta:
        db_table = "store_role"

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """The sign-in of an employee record; the user id people type is the record's nickname, so it is kept once.

    `epoch` moves with everything that ends the person's sessions (migration 0004): a session of an earlier one is over. `ends_at` is
    when the role ends; `duties_reason` why it was given although it holds duties that should be kept apart.
    """

    id = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    number = models.BigIntegerField()
    role = models.TextField()
    sign_in = models.TextField(unique=True)
    epoch = models.BigIntegerField(db_default=0)
    ends_at = models.DateTimeField(null=True)
    duties_reason = models.TextField(db_default="")

    USERNAME_FIELD = "sign_in"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "store_person"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "number"], name="store_person_record"),
        ]

    def get_session_auth_hash(self) -> str:
        """Give what a session is bound to: the password and the epoch."""
        return salted_hmac("suitebridge.session", f"{self.epoch}:{self.password}", algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A one-time way for one user to set a password, by the SHA-256 of its text, which is random and long."""

    pk = models.CompositePrimaryKey("company_id", "number")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    number = models.BigIntegerField()
    digest = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "store_invitation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "digest"], name="store_invitation_digest"),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.number}"
