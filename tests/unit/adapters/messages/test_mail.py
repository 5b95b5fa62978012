"""A message leaves as e-mail: over TLS to a server whose certificate is trusted, under its id, and what comes of it is told."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from suitebridge.adapters.messages.mail import SmtpMailer
from suitebridge.domain.credentials import Secret
from suitebridge.domain.mail import MailSecurity, MailServer
from suitebridge.domain.notices import Message, NoticeKind
from suitebridge.ports.notices import Answer
from tests.localhost_tls import localhost_certificate
from tests.mailbox import Mailbox, mailbox

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
BODY = "Run 7: Kunden “Süd”: failed.\n\nWhat to do: look.\n"
MESSAGE = Message(id="msg_1", recipient="Ops", kind=NoticeKind.CHANGE, body=BODY, made_at=AT)
PASSWORD = Secret("a-mail-password")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for localhost."""
    return localhost_certificate(tmp_path_factory.mktemp("tls"))


def server(box: Mailbox, security: MailSecurity, host: str = "localhost") -> MailServer:
    return MailServer(host=host, port=box.port, security=security, sender="bridge@example.com", user="bridge")


def send(meant: MailServer, *, certificate: Path | None = None, is_local: bool = True) -> Answer:
    local = [f"{meant.host}:{meant.port}"] if is_local else []
    mailer = SmtpMailer(local=local, authorities=certificate)
    return mailer.send(meant, PASSWORD, MESSAGE, to="ops@example.com", at=AT)


@pytest.mark.parametrize("security", MailSecurity)
def test_a_letter_arrives_under_its_id_from_who_signed_in(security: MailSecurity, certificate: Path) -> None:
    with mailbox(security, certificate) as box:
        meant = server(box, security)
        assert send(meant, certificate=certificate) == Answer(is_taken=True, said="localhost took it.")
        assert send(meant, certificate=certificate).is_taken
    (letter, again) = box.letters
    assert letter["Message-ID"] == again["Message-ID"] == "<msg_1@suitebridge>"
    assert letter["Subject"] == "SuiteBridge: Run 7: Kunden “Süd”: failed."
    assert (letter["From"], letter["To"]) == ("bridge@example.com", "ops@example.com")
    assert letter["Date"].datetime == AT
    assert letter.get_content().replace("\r\n", "\n") == BODY
    assert box.signed_in == ["\0bridge\0a-mail-password"] * 2
    assert box.over_tls == [security is not MailSecurity.PLAIN] * 2


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_no_password_goes_to_a_server_whose_certificate_is_not_trusted_or_names_another(
    security: MailSecurity, certificate: Path
) -> None:
    with mailbox(security, certificate) as box:
        assert "no certificate that is trusted" in send(server(box, security)).said
        other = server(box, security, host="127.0.0.1")
        assert "no certificate that is trusted" in send(other, certificate=certificate).said
    assert box.signed_in == []


def test_what_a_server_refuses_is_told_by_its_code(certificate: Path) -> None:
    with mailbox(MailSecurity.TLS, certificate) as box:
        meant = server(box, MailSecurity.TLS)
        for word, said in {
            "AUTH": "refused the sign-in (code 535)",
            "RCPT": "refused the recipient's address (code 550)",
            "DATA": "refused the message (code 554)",
        }.items():
            box.answers = {word: f"{said.rpartition(' ')[2].strip(')')} ops@example.com is no good"}
            answer = send(meant, certificate=certificate)
            assert not answer.is_taken
            assert said in answer.said
            assert "@" not in answer.said
    assert box.letters == []


def test_without_tls_only_servers_on_this_machine_that_the_settings_list() -> None:
    with mailbox(MailSecurity.PLAIN) as box:
        meant = server(box, MailSecurity.PLAIN)
        assert "Mail leaves over TLS" in send(meant, is_local=False).said
        inside = replace(meant, security=MailSecurity.STARTTLS)
        assert "not of the public net" in send(inside, is_local=False).said
    assert box.signed_in == []


def test_who_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = int(gone.getsockname()[1])
    meant = server(Mailbox(port=port), MailSecurity.TLS)
    assert send(meant) == Answer(is_taken=False, said="localhost was not reached: ConnectionRefusedError.")
