"""The Notifications page: recipients are added, tested and removed, and what became of each message is shown."""

from __future__ import annotations

import dataclasses
import re

from suitebridge.adapters.settings.files import Settings
from suitebridge.domain.mail import MailSecurity
from suitebridge.web import houses
from tests.console_world import World
from tests.mailbox import mailbox
from tests.scenarios.console.conftest import Entrance
from tests.unit.adapters.messages.test_webhooks import sink

_PAGE = "/administration/netsuite-connector/notifications"
_ADD = "/administration/netsuite-connector/add-recipient"
_MAIL = "/administration/netsuite-connector/mail-server"
_FINANCE = "/administration/netsuite-connector/recipients/Finance"


def test_a_recipient_is_added_tested_and_removed(world: World, entrance: Entrance) -> None:
    grace = entrance("grace")
    with sink() as (origin, arrived):
        houses.set_current(
            dataclasses.replace(world.house, settings=Settings(local_webhooks=(origin,), hosts=("bridge.example",)))
        )
        refused = grace.post(_ADD, {"name": "Fin/ance", "url": f"{origin}/hook"})
        assert refused.status_code == 422
        assert "A name has no slash" in refused.content.decode()
        entry = {"name": "Finance", "url": f"{origin}/hook", "workflow": "import_customers", "least": "error", "digest_hour": "06:00"}  # fmt: skip
        fresh = grace.post(_ADD, entry)
        assert re.search(r'value="whsec_[^"]+"', fresh.content.decode())
        assert grace.post(_ADD, entry).status_code == 409
        page = grace.get(_PAGE).content.decode()
        assert "whsec_" not in page
        for said in ("Errors only", "06:00", "Customers (Customers)", "Send again: message 1 to Ops"):
            assert said in page
        assert "The test arrived" in grace.post(_FINANCE, {"act": "test"}).content.decode()
        ((_, _, body),) = arrived
        assert b'"link": "http://bridge.example/runs"' in body
    assert "The test did not arrive" in grace.post(_FINANCE, {"act": "test"}).content.decode()
    muted = {"url": "https://192.0.2.1/", "version": "1", "muted_until": "2099-01-01"}
    assert grace.post(_FINANCE, muted)["Location"] == f"{_PAGE}?done=saved"
    assert "Muted" in grace.get(_PAGE).content.decode()
    assert "whsec_" in grace.post(_FINANCE, {**muted, "version": "2", "act": "key"}).content.decode()
    assert grace.post(_FINANCE, {"version": "9", "act": "remove"}).status_code == 409
    assert grace.post(_FINANCE, {"version": "3", "act": "remove"})["Location"] == f"{_PAGE}?done=removed"
    assert grace.get(_FINANCE).status_code == 404
    assert grace.post(_PAGE, {"message": "msg_1"})["Location"] == f"{_PAGE}?done=again"
    assert grace.post(_PAGE, {"message": "msg_9"}).status_code == 404


def test_mail_leaves_through_a_server_whose_password_nobody_sees_again(world: World, entrance: Entrance) -> None:
    grace = entrance("grace")
    with mailbox(MailSecurity.PLAIN) as box:
        settings = Settings(local_mail=(f"127.0.0.1:{box.port}",))
        houses.set_current(dataclasses.replace(world.house, settings=settings))
        mail = {"name": "Finance", "url": "finance@example.com"}
        assert "The company has no mail server." in grace.post(_ADD, mail).content.decode()
        server = {"host": "127.0.0.1", "port": str(box.port), "sender": "bridge@example.com", "user": "bridge", "security": "tls"}  # fmt: skip
        assert "Type the password of bridge at 127.0.0.1." in grace.post(_MAIL, server).content.decode()
        server |= {"security": "plain", "password": "a-mail-password"}
        assert grace.post(_MAIL, server)["Location"] == f"{_PAGE}?done=mail"
        assert grace.post(_MAIL, server).status_code == 409
        assert "a-mail-password" not in grace.get(_MAIL).content.decode()
        # What was typed for one server is not shown to another.
        elsewhere = {**server, "host": "smtp.example.com", "version": "1", "password": "", "security": "tls"}
        assert grace.post(_MAIL, elsewhere).status_code == 422
        assert grace.post(_MAIL, {**server, "version": "1", "password": ""})["Location"] == f"{_PAGE}?done=mail"

        assert grace.post(_ADD, mail)["Location"] == f"{_PAGE}?done=saved"
        assert "The test arrived" in grace.post(_FINANCE, {"act": "test"}).content.decode()
        (letter,) = box.letters
        assert letter["To"] == "finance@example.com"
        assert box.signed_in == ["\0bridge\0a-mail-password"]
        # A webhook in its place gets a key that somebody has seen.
        fresh = grace.post(_FINANCE, {"url": "https://hooks.invalid/", "version": "1"})
        assert "whsec_" in fresh.content.decode()
    assert "127.0.0.1, from bridge@example.com" in grace.get(_PAGE).content.decode()
    assert grace.post(_MAIL, {"act": "remove", "version": "2"})["Location"] == f"{_PAGE}?done=no-mail"
    history = grace.get("/administration/netsuite-connector/settings-history").content.decode()
    assert "removed the mail server 127.0.0.1" in history
