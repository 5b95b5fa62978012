"""The workspace that opens within NetSuite: where it is, how people are signed on to it, and SuiteSignOn's tokens.

The original's bundle kept the address and the way of signing on in a settings record and drew links and framed subtabs on
records (reference, connector §9.4); names and layout here are assumed, and so is the query that names the record. With
OpenID Connect the workspace asks the account who it is (§3.5). SuiteSignOn, which ended with 2025.1 (§3.6), sends a token
along, which the workspace has verified by a signed call. Refuses to know pages and requests.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec

from netsuite_simulator.account import Account
from netsuite_simulator.logins import Attempt, Detail
from netsuite_simulator.signatures import escape, sign
from netsuite_simulator.storage import Storage
from netsuite_simulator.users import User

OPENED = ("customer", "job", "employee", "expenseCategory")  # the record types whose pages lead to the workspace
TOKEN_LIFE = timedelta(minutes=15)  # of one that was not verified (Oracle's support notes)
DOOR = "sign-on"
SHORTEST_SECRET = 8
_SETTING, _KIND = "workspace", "sign-on"
_DIGESTS: Mapping[str, Callable[..., hashlib._Hash]] = {"HMAC-SHA256": hashlib.sha256, "HMAC-SHA1": hashlib.sha1}
_PLAIN = "PLAINTEXT"
_NEEDED = ("oauth_consumer_key", "oauth_token", "oauth_nonce", "oauth_timestamp", "oauth_signature")
_SECRET = re.compile(r"[\x21-\x7e]{8,200}")


class SignOn(enum.StrEnum):
    """How people come to the workspace signed in."""

    OPENID = "openid"
    SUITESIGNON = "suitesignon"


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """A workspace that opens within NetSuite."""

    address: str
    sign_on: SignOn = SignOn.OPENID
    consumer_key: str
    shared_secret: str = ""

    def __repr__(self) -> str:
        return f"<workspace {self.address}>"

    @property
    def origin(self) -> str:
        """Scheme and host, as a page that frames it has to name them."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


class WorkspaceError(ValueError):
    """A workspace cannot be as asked."""


class UnverifiedError(Exception):
    """A verify call is refused; `problem` is the word of OAuth for it."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _Sent(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    is_used: bool = False


def workspace_of(storage: Storage) -> Workspace | None:
    """Return the account's workspace; None where none opens within it."""
    kept = storage.setting(_SETTING)
    return msgspec.json.decode(kept, type=Workspace) if kept else None


def choose_workspace(storage: Storage, address: str, sign_on: SignOn, shared_secret: str = "") -> Workspace | None:
    """Let a workspace open within the account, or none where the address is empty; an empty secret keeps the one before."""
    if not address:
        storage.set_setting(_SETTING, "")
        return None
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment or not address.isprintable():
        raise WorkspaceError("The address of the workspace begins with https:// and has no part after #.")
    before = workspace_of(storage)
    secret = shared_secret or ("" if before is None else before.shared_secret)
    if sign_on is SignOn.SUITESIGNON and _SECRET.fullmatch(secret) is None:
        raise WorkspaceError(f"The shared secret has at least {SHORTEST_SECRET} characters, none of them a space.")
    chosen = Workspace(
        address=address,
        sign_on=sign_on,
        consumer_key=secrets.token_hex(8) if before is None else before.consumer_key,
        shared_secret=secret,
    )
    storage.set_setting(_SETTING, msgspec.json.encode(chosen).decode())
    return chosen


def address_for(account: Account, workspace: Workspace, user: User, record_type: str, internal_id: str) -> str:
    """Return where a record opens in the workspace; with SuiteSignOn it carries a token made for this visit."""
    query = {"account": account.id, "record": record_type, "id": internal_id}
    if workspace.sign_on is SignOn.SUITESIGNON:
        token = secrets.token_hex(32)
        account.errands.keep(_KIND, token, msgspec.json.encode(_Sent(user=user.email)), account.clock.now())
        query["oauth_token"] = token
    parts = urlsplit(workspace.address)
    return urlunsplit(parts._replace(query="&".join(one for one in (parts.query, urlencode(query)) if one)))


def verify(account: Account, workspace: Workspace, parameters: Mapping[str, str], message: str) -> User:
    """Return whom a token was made for, once; `message` is what the workspace signed."""
    problem = _problem_of(account, workspace, parameters, message)
    if problem is not None:
        raise _refused(account, parameters, *problem)
    now, token = account.clock.now(), parameters["oauth_token"]
    kept = account.errands.use(_KIND, token, now, life=TOKEN_LIFE)
    sent = None if kept is None else msgspec.json.decode(kept, type=_Sent)
    user = None if sent is None or sent.is_used else account.users.find(sent.user)
    if user is None or not user.has_access:
        raise _refused(account, parameters, "token_rejected", Detail.TOKEN_REJECTED)
    account.errands.keep(_KIND, token, msgspec.json.encode(_Sent(user=user.email, is_used=True)), now)
    account.logins.note(Attempt(door=DOOR, user=user.email, consumer_key=workspace.consumer_key))
    return user


def _problem_of(
    account: Account, workspace: Workspace, parameters: Mapping[str, str], message: str
) -> tuple[str, Detail] | None:
    """Check key, method, time, signature and nonce, and word what is wrong as OAuth's problem reports do."""
    if not all(parameters.get(name) for name in _NEEDED):
        return "parameter_absent", Detail.PARAMETER_REJECTED
    if workspace.sign_on is not SignOn.SUITESIGNON:
        return "consumer_key_refused", Detail.CONSUMER_KEY_REFUSED
    if parameters["oauth_consumer_key"] != workspace.consumer_key:
        return "consumer_key_unknown", Detail.CONSUMER_KEY_UNKNOWN
    expected = _signature(parameters.get("oauth_signature_method", ""), message, workspace.shared_secret)
    if expected is None:
        return "signature_method_rejected", Detail.UNKNOWN_ALGORITHM
    timestamp = parameters["oauth_timestamp"]
    if not timestamp.isdecimal() or len(timestamp) > 12 or not account.tokens.is_in_window(int(timestamp)):
        return "timestamp_refused", Detail.INVALID_TIMESTAMP
    if not hmac.compare_digest(expected.encode(), parameters["oauth_signature"].encode()):
        return "signature_invalid", Detail.INVALID_SIGNATURE
    if not account.tokens.use_nonce(workspace.consumer_key, parameters["oauth_nonce"], int(timestamp)):
        return "nonce_used", Detail.NONCE_USED
    return None


def _signature(method: str, message: str, secret: str) -> str | None:
    """Return what a call has to be signed with: the token has no secret of its own (RFC 5849 §3.4)."""
    if method == _PLAIN:
        return f"{escape(secret)}&"
    digest = _DIGESTS.get(method)
    return None if digest is None else sign(message, secret, "", digest=digest)


def _refused(account: Account, parameters: Mapping[str, str], problem: str, detail: Detail) -> UnverifiedError:
    account.tokens.denied(DOOR, detail, consumer_key=parameters.get("oauth_consumer_key"), token_id=None)
    return UnverifiedError(problem)
