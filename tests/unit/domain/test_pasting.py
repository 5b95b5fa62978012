"""What people paste is read, what came along is left out and told, and nothing is guessed (quality.md U02)."""

from __future__ import annotations

import pytest

from suitebridge.domain.pasting import MOST_CHARACTERS, read_paste, trim

KEY, SECRET, TOKEN, TOKEN_SECRET = "c" * 64, "5" * 64, "70" * 32, "f00d" * 16
ALL = {
    "account_id": "1234567_SB1",
    "consumer_key": KEY,
    "consumer_secret": SECRET,
    "token_id": TOKEN,
    "token_secret": TOKEN_SECRET,
}
PAIR = {"consumer_key": KEY, "consumer_secret": SECRET}
TOKENS = {"token_id": TOKEN, "token_secret": TOKEN_SECRET}
ACCOUNT = {"account_id": "1234567_SB1"}

SAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "an integration's confirmation": (
        f"Client Credentials\nPlease copy them now; they are displayed once.\nCONSUMER KEY / CLIENT ID\n{KEY}\nCONSUMER SECRET / CLIENT SECRET\n{SECRET}\n",
        PAIR,
    ),
    "the same with Windows line ends": (
        f"Consumer Key / Client ID\r\n{KEY}\r\n\r\nConsumer Secret / Client Secret\r\n{SECRET}\r\n",
        PAIR,
    ),
    "a token's confirmation": (f"TOKEN ID\n{TOKEN}\nTOKEN SECRET\n{TOKEN_SECRET}", TOKENS),
    "a token's confirmation on one line each": (f"Token ID {chr(9)}{TOKEN}\nToken Secret\t{TOKEN_SECRET}", TOKENS),
    "both confirmations": (f"CONSUMER KEY\n{KEY}\nCONSUMER SECRET\n{SECRET}\nTOKEN ID\n{TOKEN}\nTOKEN SECRET\n{TOKEN_SECRET}", {**PAIR, **TOKENS}),
    "an .env file": (
        f"NETSUITE_ACCOUNT_ID=1234567_SB1\nNETSUITE_CONSUMER_KEY={KEY}\nNETSUITE_CONSUMER_SECRET={SECRET}\nNETSUITE_TOKEN_ID={TOKEN}\nNETSUITE_TOKEN_SECRET={TOKEN_SECRET}\n",
        ALL,
    ),
    "an .env file with quotes and exports": (
        f"# NetSuite\nexport NS_ACCOUNT=\"1234567_SB1\"\nexport NS_CONSUMER_KEY='{KEY}'\nexport NS_CONSUMER_SECRET=\"{SECRET}\"\n",
        {**ACCOUNT, **PAIR},
    ),
    "an .env file with remarks": (f"NS_REALM=1234567_SB1   # the sandbox\n; old\n// older\nTBA_CONSUMER_KEY={KEY} # rotate", {**ACCOUNT, "consumer_key": KEY}),
    "a Windows batch": (f"set NETSUITE_TOKEN_ID={TOKEN}\r\nset NETSUITE_TOKEN_SECRET={TOKEN_SECRET}\r\n", TOKENS),
    "flat JSON": (f'{{"accountId": "1234567_SB1", "consumerKey": "{KEY}", "consumerSecret": "{SECRET}", "tokenId": "{TOKEN}", "tokenSecret": "{TOKEN_SECRET}"}}', ALL),
    "nested JSON": (f'{{"netsuite": {{"account": "1234567_SB1", "auth": {{"consumer_key": "{KEY}", "consumer_secret": "{SECRET}"}}}}, "retries": 3, "debug": true}}', {**ACCOUNT, **PAIR}),
    "JSON with a list": (f'{{"connections": [{{"token_id": "{TOKEN}", "token_secret": "{TOKEN_SECRET}"}}]}}', TOKENS),
    "JSON with a number as account": (f'{{"account": 1234567, "consumer_key": "{KEY}"}}', {"account_id": "1234567", "consumer_key": KEY}),
    "JSON behind a byte order mark": ('\ufeff{"realm": "1234567_SB1"}', ACCOUNT),
    "pretty JSON": (f'{{\n  "realm": "1234567_SB1",\n  "token_id": "{TOKEN}"\n}}\n', {**ACCOUNT, "token_id": TOKEN}),
    "JSON that is cut off": (f'{{\n  "realm": "1234567_SB1",\n  "token_id": "{TOKEN}",\n', {**ACCOUNT, "token_id": TOKEN}),
    "YAML": (f"netsuite:\n  account_id: 1234567_SB1\n  consumer_key: {KEY}\n  consumer_secret: {SECRET}\n", {**ACCOUNT, **PAIR}),
    "a YAML list": (f"- token_id: '{TOKEN}'\n- token_secret: '{TOKEN_SECRET}'", TOKENS),
    "TOML": (f'[netsuite]\naccount = "1234567_SB1"\nconsumer_key = "{KEY}"\n', {**ACCOUNT, "consumer_key": KEY}),
    "a property file": (f"netsuite.consumer.key={KEY}\nnetsuite.consumer.secret={SECRET}", PAIR),
    "a Ruby hash": (f":x\nconsumer_key => {KEY}\n'consumer_secret' => '{SECRET}',", PAIR),
    "Python keywords": (f"consumer_key='{KEY}',\nconsumer_secret='{SECRET}',", PAIR),
    "an e-mail": (f"Hi,\nhere you go:\nAccount ID: 1234567_SB1\nConsumer Key: {KEY}\nConsumer Secret: {SECRET}\nBest, Kim", {**ACCOUNT, **PAIR}),
    "labels as our form has them": (f"NetSuite Account ID: 1234567_SB1\nTBA Consumer Key: {KEY}\nTBA User Token ID: {TOKEN}", {**ACCOUNT, "consumer_key": KEY, "token_id": TOKEN}),
    "an application id": ("Application ID\n5F1C2D3E-0000-4000-8000-ABCDEF012345", {"application_id": "5F1C2D3E-0000-4000-8000-ABCDEF012345"}),
    "an address of the pages": ("https://1234567-sb1.app.netsuite.com/app/center/card.nl?sc=-29", ACCOUNT),
    "an address of the web services": ("POST https://1234567.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql", {"account_id": "1234567"}),
    "an address of the RESTlets": ("https://tstdrv1984736.restlets.api.netsuite.com/app/site/hosting/restlet.nl", {"account_id": "TSTDRV1984736"}),
    "an address and keys": (f"https://1234567-sb1.app.netsuite.com\nconsumer key: {KEY}", {**ACCOUNT, "consumer_key": KEY}),
    "an address as account": ("account: https://1234567-rp.app.netsuite.com/", {"account_id": "1234567_RP"}),
    "the hyphen form as account": ("account = 1234567-sb1", ACCOUNT),
    "lower case as account": ("realm: 1234567_sb1", ACCOUNT),
    "invisible characters": (f"Token\u200b ID\n\u200b{TOKEN}\u200b\nToken Secret\n\u2060{TOKEN_SECRET}\ufeff", TOKENS),
    "curly quotes": (f"consumer key: “{KEY}”\nconsumer secret: ‘{SECRET}’", PAIR),
    "fixed blanks": (f"Token ID:\u00a0{TOKEN}\u00a0\n", {"token_id": TOKEN}),
    "twice: the first counts": (f"token_id={TOKEN}\ntoken_id=other", {"token_id": TOKEN}),
    "empty values": (f"consumer_key=\nconsumer_secret=\ntoken_id={TOKEN}", {"token_id": TOKEN}),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_what_people_paste_is_read(name: str) -> None:
    text, wanted = SAMPLES[name]
    pasted = read_paste(text)
    assert {**pasted.values, **{field: secret.reveal() for field, secret in pasted.secrets.items()}} == wanted
    assert not {"consumer_secret", "token_secret"} & pasted.values.keys()
    assert SECRET not in repr(pasted)


@pytest.mark.parametrize(
    "text",
    [
        "", "   \n\n", KEY, "Hello, how are you?", "password: hunter2", "{", "[]", "{}", '{"a": [[[[1]]]]}', "https://evil.example/1234567",
        "https://system.netsuite.com/pages", "https://rest.netsuite.com/rest/datacenterurls", "account: evil.com", "\x00\x01",
"token of thanks", "{" * 5000,
    ],
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    pasted = read_paste(text)
    assert pasted.values.keys() <= {"account_id"}
    assert pasted.is_empty or pasted.values == {"account_id": "evil.com"}


def test_only_so_much_is_read() -> None:
    assert read_paste("x" * MOST_CHARACTERS + f"\ntoken_id={TOKEN}").is_empty


@pytest.mark.parametrize(
    ("text", "bare", "left_out"),
    [
        ("abc", "abc", ""),
        ("  abc \n", "abc", "blanks"),
        ('"abc"', "abc", "quotes"),
        (' "abc" ', "abc", "blanks and quotes"),
        ("\u200babc", "abc", "invisible characters"),
        ("\ufeff ‘abc’", "abc", "invisible characters and blanks and quotes"),
        ("\u00a0abc", "abc", "blanks"),
        ("''abc''", "abc", "quotes"),
        ("", "", ""),
        ('"', '"', ""),
        ("a b", "a b", ""),
    ],
)
def test_what_came_along_is_left_out_and_told(text: str, bare: str, left_out: str) -> None:
    trimmed = trim(text)
    assert (trimmed.text, trimmed.left_out) == (bare, left_out)


def test_a_paste_says_what_was_left_out() -> None:
    pasted = read_paste(f'token_id = " {TOKEN}"\nconsumer_key={KEY}')
    assert pasted.left_out == {"token_id": "quotes"}
