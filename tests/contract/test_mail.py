"""The mail server of a company: versions, a sealed password that is never shown, and the trail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.adapters.store.companies import StoredCompany
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.mail import MailSecurity, MailServer
from suitebridge.domain.people import Stamp
from suitebridge.ports.companies import CompanyStore
from tests.contract.conftest import MASTER

SERVER = MailServer(host="smtp.example.com", port=465, security=MailSecurity.TLS, sender="b@example.com", user="bridge")
PASSWORD = Secret("a-mail-password")


def test_a_mail_server_keeps_its_password_until_another_one_or_none_is_needed(
    store: CompanyStore, stamp: Stamp
) -> None:
    assert store.mail.get() is None
    assert store.mail.password() is None
    saved = store.mail.save(SERVER, password=PASSWORD, stamp=stamp)
    assert saved == replace(SERVER, version=1) == store.mail.get()
    assert "a-mail-password" not in repr(store.trail.newest(limit=1))
    again = store.mail.save(replace(saved, port=587, security=MailSecurity.STARTTLS), password=None, stamp=stamp)
    assert store.mail.password() == PASSWORD
    (entry,) = store.trail.newest(limit=1)
    assert {one.field for one in entry.changes} == {"port", "security"}
    with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
        store.mail.save(saved, password=None, stamp=stamp)
    bare = store.mail.save(replace(again, user=""), password=None, stamp=stamp)
    assert store.mail.password() is None
    with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
        store.mail.remove(version=9, stamp=stamp)
    store.mail.remove(version=bare.version, stamp=stamp)
    assert store.mail.get() is None
    with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
        store.mail.remove(version=0, stamp=stamp)


def test_the_mail_password_counts_as_sealed_and_is_put_under_the_current_key(
    real_store: StoredCompany, stamp: Stamp
) -> None:
    real_store.mail.save(SERVER, password=PASSWORD, stamp=stamp)
    assert real_store.secrets.uses() == {MASTER.id: 1}
    assert not real_store.secrets.rewrap_next(stamp)
