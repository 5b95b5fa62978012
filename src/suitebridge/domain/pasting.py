"""Reads what people copy from NetSuite or from their notes: confirmation pages, `.env` files, JSON, web addresses. Pure; stores nothing.

It recognizes values by the words that stand before them and guesses none: what it cannot name stays out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from suitebridge.domain.credential_sets import FIELDS
from suitebridge.domain.credentials import AccountId, AccountIdError, Secret

MOST_CHARACTERS = 20_000
"""Longer texts are no credentials; only so much is read."""

_QUOTES = "\"'`“”„‘’‚«»"
_INVISIBLE = frozenset({"Cf", "Cc"})
_LINE_ENDS = "\r\n\t"
_ADDRESS = re.compile(r"\b([a-z0-9]+(?:-[a-z0-9]+)?)\.(?:[a-z0-9]+\.){1,3}netsuite\.com\b", re.IGNORECASE)
_NEUTRAL = frozenset({"www", "rest", "system", "webservices", "docs", "status"})
_ASSIGNED = re.compile(
    r"^\s*(?:export\s+|set\s+|-\s+)?[\"']?([A-Za-z][A-Za-z0-9 _./()-]{1,60}?)[\"']?\s*(?:[:=]>?|\t)\s*(.*)$"
)
_LABEL_ONLY = re.compile(r"^[A-Za-z][A-Za-z0-9 _./()-]{1,60}$")
_COMMENT = re.compile(r"\s+#.*$")

# What stands before a value, letters and digits only, without “NetSuite”, “NS”, “TBA”, “OAuth” and their like.
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("account", "accountid", "accountnumber", "realm", "company", "companyid", "acct", "acctid"), "account_id"),
    **dict.fromkeys(("application", "applicationid", "appid", "app"), "application_id"),
    **dict.fromkeys(
        ("consumerkey", "clientid", "consumerkeyclientid", "consumerkeyorclientid", "clientidconsumerkey", "consumerid"),
        "consumer_key",
    ),
    **dict.fromkeys(
        (
            "consumersecret",
            "clientsecret",
            "consumersecretclientsecret",
            "consumersecretorclientsecret",
            "clientsecretconsumersecret",
        ),
        "consumer_secret",
    ),
    **dict.fromkeys(("tokenid", "tokenkey", "accesstokenid", "accesstoken", "usertokenid", "token", "usertoken"), "token_id"),
    **dict.fromkeys(("certificateid", "certid", "kid", "keyid"), "certificate_id"),
    **dict.fromkeys(("tokensecret", "accesstokensecret", "usertokensecret"), "token_secret"),
}  # fmt: skip
_PREFIXES = re.compile(r"^(?:netsuite|ns|tba|oauth1?0?a?|suitetalk|suitebridge|my|sandbox|production|prod)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """A value without what came along when it was copied; `left_out` says what that was, "" for nothing."""

    text: str
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a pasted text holds: values that may be shown and secrets, by field; `left_out` as `Trimmed` says it, by field."""

    values: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recognized."""
        return not self.values and not self.secrets


def trim(text: str) -> Trimmed:
    """Leave out blanks, quotes and invisible characters around a value, and invisible ones within; say what was left out."""
    visible = "".join(character for character in text if not _is_invisible(character) or character in _LINE_ENDS)
    told = ["invisible characters"] if len(visible) < len(text) else []
    bare = visible.strip()
    if bare != visible:
        told.append("blanks")
    while len(bare) > 1 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        bare = bare[1:-1].strip()
        if told[-1:] != ["quotes"]:
            told.append("quotes")
    return Trimmed(text=bare, left_out=" and ".join(told))


def read_paste(text: str) -> Pasted:
    """Find the values of a connection in a text; of a value that occurs twice the first one counts."""
    text = text[:MOST_CHARACTERS]
    found: dict[str, Trimmed] = {}
    for label, value in _pairs(text):
        name = _field_named(label)
        trimmed = trim(value)
        if name and trimmed.text and name not in found:
            found[name] = trimmed
    account = found.get("account_id")
    if account is None or _account(account.text) is None:
        address = _account_of_address(text)
        if address:
            found["account_id"] = Trimmed(text=address, left_out="")
    elif (spelled := _account(account.text)) is not None:
        found["account_id"] = Trimmed(text=spelled, left_out=account.left_out)
    secrets = {name for name in found if name in FIELDS and FIELDS[name].is_secret}
    return Pasted(
        values={name: trimmed.text for name, trimmed in found.items() if name not in secrets},
        secrets={name: Secret(found[name].text) for name in found if name in secrets},
        left_out={name: trimmed.left_out for name, trimmed in found.items() if trimmed.left_out},
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Give labels with what stands behind or below them."""
    document = _document(text)
    if document is not None:
        yield from document
        return
    waiting = ""
    for line in text.splitlines():
        seen = "".join(c for c in line if c == "\t" or not _is_invisible(c)).strip()
        if not seen or seen.startswith(("#", "//", ";")):
            continue
        assigned = _ASSIGNED.match(seen)
        if assigned and _field_named(assigned[1]):
            value = assigned[2].strip().rstrip(",;")
            value = value if value[:1] in _QUOTES else _COMMENT.sub("", value)
            if value:
                yield assigned[1], value
                waiting = ""
            else:
                waiting = assigned[1]
        elif _LABEL_ONLY.match(seen) and _field_named(seen):
            waiting = seen
        elif waiting:
            yield waiting, seen
            waiting = ""


def _document(text: str) -> list[tuple[str, str]] | None:
    """Read a JSON object, however deep its texts are; None for anything else."""
    start = "".join(c for c in text if not _is_invisible(c) or c in _LINE_ENDS).strip()
    if not start.startswith("{"):
        return None
    try:
        return list(_texts(json.loads(start)))
    except (ValueError, RecursionError):
        return None


def _texts(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield str(key), str(value)
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for part in node:
            yield from _texts(part)


def _field_named(label: str) -> str:
    """Find which field a label means, "" for none."""
    plain = re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", label).casefold())
    if plain in _NAMES:
        return _NAMES[plain]
    return _NAMES.get(_PREFIXES.sub("", plain), "")


def _account(text: str) -> str | None:
    """Give an account id in NetSuite's spelling, from either spelling; None for anything else."""
    for spelled in (text, text.upper().replace("-", "_")):
        try:
            return AccountId.parse(spelled).value
        except AccountIdError:
            continue
    return _account_of_address(text) or None


def _account_of_address(text: str) -> str:
    """Find the account in a NetSuite web address, "" where there is none."""
    for match in _ADDRESS.finditer(text):
        label = match[1]
        if label.lower() not in _NEUTRAL:
            try:
                return AccountId.parse(label.upper().replace("-", "_")).value
            except AccountIdError:
                continue
    return ""


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE
