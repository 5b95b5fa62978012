"""Which texts are account ids, what they say, and that a secret shows itself nowhere."""

import pickle

import pytest

from suitebridge.domain.credentials import AccountId, AccountIdError, Environment, Secret, TokenCredentials


@pytest.mark.parametrize(
    ("text", "environment", "label", "host"),
    [
        ("1234567", Environment.PRODUCTION, "production", "1234567"),
        ("  1234567_SB2\n", Environment.SANDBOX, "sandbox 2", "1234567-sb2"),
        ("1234567_RP", Environment.RELEASE_PREVIEW, "release preview", "1234567-rp"),
        ("TSTDRV1234567", Environment.TEST_DRIVE, "test drive", "tstdrv1234567"),
        ("TD1234567", Environment.TEST_DRIVE, "test drive", "td1234567"),
    ],
)
def test_an_account_id_says_what_the_account_is(text: str, environment: Environment, label: str, host: str) -> None:
    account = AccountId.parse(text)

    assert (account.environment, account.environment_label, account.host_label) == (environment, label, host)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1234567-sb1", "1234567_SB1"),
        ("1234567_sb1", "1234567_SB1"),
        ("tstdrv123", "TSTDRV123"),
        ("1234567-RP", "1234567_RP"),
    ],
)
def test_a_near_miss_gets_the_right_spelling(text: str, suggestion: str) -> None:
    with pytest.raises(AccountIdError, match=f"Did you mean {suggestion}"):
        AccountId.parse(text)


ATTACKS = [
    "",
    " ",
    "evil.com/",
    "a.b",
    "1234567#",
    "1234567@evil",
    "1234567%2e",
    "1234567\u3002com",
    "1234567\nSB1",
    "1" * 300,
    "1234567_SB1.evil.com",
    "1234567_SB1/..",
    "..",
    "localhost",
    "[::1]",
    "127.0.0.1",
    "1234567_SB",
    "1234567_XX1",
    "１２３４５６７",
    "1234567\x00",
    "1234567_SB1\u200b",
    "TSTDRV",
    "-1",
    "_SB1",
    "1234567__SB1",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_anything_else_is_refused_with_the_place_to_look(text: str) -> None:
    with pytest.raises(AccountIdError, match="SOAP Web Services Preferences"):
        AccountId.parse(text)


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret("canary-5b1f")

    assert "canary" not in f"{secret} {secret!r} {[secret]}"
    assert secret == Secret("canary-5b1f")
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_missing_values_are_named_in_the_words_of_the_form() -> None:
    credentials = TokenCredentials(
        account=AccountId.parse("1234567"),
        application_id="",
        consumer_key="k",
        consumer_secret=Secret(" "),
        token_id="",
        token_secret=Secret("s"),
    )

    assert credentials.missing() == ("TBA Consumer Secret", "TBA User Token ID")
