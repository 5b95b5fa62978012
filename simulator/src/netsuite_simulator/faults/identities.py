"""Faults of the OpenID Connect provider: what its key set and its id tokens may be other than they should.

An id token is otherwise what it would have been, so that each kind tries one check of a client. Values only;
`forgeries` and the OAuth face act them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Forgery = Literal[
    "other issuer",
    "other audience",
    "several audiences",
    "other party",
    "other subject",
    "no subject",
    "other nonce",
    "no nonce",
    "expired",
    "no expiry",
    "of tomorrow",
    "unsigned",
    "public key as secret",
    "client secret",
    "other algorithm",
    "other key",
    "unknown key",
    "altered",
    "unknown crit",
    "access token",
    "missing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedIdentity:
    """A token answer carries an id token that no client may believe; `how` says what is wrong with it.

    Claims: "other issuer", "other audience", "several audiences", "other party" (azp), "other subject" (another entity, under the old signature's
    key: only the account itself could make it), "no subject", "other nonce" (as one that is replayed has), "no nonce",
    "expired", "no expiry", "of tomorrow". Signatures: "unsigned" (alg none), "public key as secret" and "client secret"
    (HS256), "other algorithm" (RS256), "other key" (under the id of a published one), "unknown key", "altered" (claims
    changed under the old signature), "unknown crit" (a header that has to be understood). "access token" stands in its place; "missing" is none at all.
    """

    how: Forgery = "other issuer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKeys:
    """The key set holds other keys than the account signs with, under the same ids."""
