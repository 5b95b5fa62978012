"""The account's keys for OAuth 2.0 and OpenID Connect tokens, and their rotation (reference §3.4).

A key signs for 90 days; the next one is made and published 30 days before that. An expired key stays published as long
as a token that it signed may live. Refuses to know what is signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec
from joserfc.jwk import RSAKey

from netsuite_simulator.clock import Clock

SIGNS = timedelta(days=90)
PUBLISHED_BEFORE = timedelta(days=30)
PUBLISHED_AFTER = timedelta(hours=3)  # an id token's life, the longest of what is verified by others
ALGORITHM = "PS256"  # the reference's text; its samples say RS256
KEY_BITS = 2048


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """One key; `signs_from` may lie ahead."""

    kid: str
    pem: str
    signs_from: datetime

    def __repr__(self) -> str:
        return f"<signing key {self.kid}>"

    @property
    def ends(self) -> datetime:
        """When it stops signing."""
        return self.signs_from + SIGNS


class SigningKeys:
    """The signing keys of one account; made when first asked for, since most accounts never need one."""

    def __init__(self, account_id: str, clock: Clock) -> None:
        self._account_id = account_id
        self._clock = clock
        self._keys: list[SigningKey] = []  # by signs_from
        self._read: dict[str, RSAKey] = {}

    def __iter__(self) -> Iterator[SigningKey]:
        return iter(self._keys)

    def current(self) -> SigningKey:
        """Return the key that signs now; its successor is made in time."""
        now = self._clock.now()
        signing = [one for one in self._keys if one.signs_from <= now < one.ends]
        found = signing[-1] if signing else self._make(now)
        if now >= found.ends - PUBLISHED_BEFORE and self._keys[-1] is found:
            self._make(found.ends)
        return found

    def rotate(self) -> SigningKey:
        """Let a new key sign from now on; the old one stays published for what it signed."""
        self.current()
        return self._make(self._clock.now())

    def published(self) -> list[dict[str, object]]:
        """Return the public keys as JSON Web Keys."""
        self.current()
        now = self._clock.now()
        return [
            {
                **self.key(one.kid).as_dict(private=False),
                "kid": one.kid,
                "use": "sig",
                "alg": ALGORITHM,
            }
            for one in self._keys
            if now < one.ends + PUBLISHED_AFTER
        ]

    def key(self, kid: str) -> RSAKey:
        """Return a key to sign or verify with; it raises KeyError where there is none."""
        found = self._read.get(kid)
        if found is None:
            pem = next((one.pem for one in self._keys if one.kid == kid), None)
            if pem is None:
                raise KeyError(kid)
            found = self._read[kid] = RSAKey.import_key(pem)
        return found

    def _make(self, signs_from: datetime) -> SigningKey:
        day = f"c.{self._account_id}.{signs_from:%Y-%m-%d}"
        taken = sum(one.kid.startswith(day) for one in self._keys)
        pem = RSAKey.generate_key(KEY_BITS).as_pem(private=True).decode()
        made = SigningKey(kid=day if not taken else f"{day}.{taken + 1}", pem=pem, signs_from=signs_from)
        self.load(sorted([*self._keys, made], key=lambda one: one.signs_from))
        return made

    def load(self, keys: Iterable[SigningKey]) -> None:
        """Put keys in the place of all there are."""
        self._keys = list(keys)
        self._read.clear()
