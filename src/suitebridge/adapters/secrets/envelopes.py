"""Envelopes: each secret is encrypted with a key of its own, and that key with the master key (AES-256-GCM, quality.md S17).

The place of a secret is authenticated with both layers, so that a sealed text copied to another company, field or account does not
open (S18). A rotation of the master key wraps the data keys anew and touches nothing else (S20). Layout of format 1, base64: nonce and wrapped data key, then nonce and text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import replace
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from suitebridge.adapters.secrets.keys import Keys, MasterKey
from suitebridge.adapters.store.seals import SealedText, SecretPlace
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError

FORMAT: Final = 1
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_TAG_BYTES: Final = 16
_WRAPPED_BYTES: Final = _NONCE_BYTES + _KEY_BYTES + _TAG_BYTES
_FINGERPRINT_DIGITS: Final = 6


class EnvelopeSealer:
    """Seals with the current master key and opens with any of the ring; implements `adapters.store.seals.Sealer`."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def current_key_id(self) -> str:
        """Name the master key that seals at this moment."""
        return self._keys.current().id

    def seal(self, secret: Secret, place: SecretPlace) -> SealedText:
        """Seal a secret for one place."""
        bound = _bound(place)
        master = self._keys.current()
        data_key = AESGCM.generate_key(bit_length=_KEY_BYTES * 8)
        wrapped = _encrypt(_wrapping(master), data_key, bound)
        text = _encrypt(AESGCM(data_key), secret.reveal().encode(), bound)
        return SealedText(
            format=FORMAT,
            key_id=master.id,
            envelope=base64.b64encode(wrapped + text).decode(),
            fingerprint=self.fingerprint(secret),
        )

    def open(self, sealed: SealedText, place: SecretPlace) -> Secret:
        """Open a secret in its place. Raise `RunStoppedError` SB-KEY-001 with a wrong key, a moved or a changed envelope."""
        data_key, text = self._unwrapped(sealed, place)
        try:
            return Secret(_decrypt(AESGCM(data_key), text, _bound(place)).decode())
        except (InvalidTag, ValueError) as error:
            raise _changed(place) from error

    def rewrap(self, sealed: SealedText, place: SecretPlace) -> SealedText:
        """Put the data key of a secret under the current master key; the secret itself is not opened, its fingerprint stays."""
        data_key, text = self._unwrapped(sealed, place)
        master = self._keys.current()
        wrapped = _encrypt(_wrapping(master), data_key, _bound(place))
        return replace(sealed, key_id=master.id, envelope=base64.b64encode(wrapped + text).decode())

    def _unwrapped(self, sealed: SealedText, place: SecretPlace) -> tuple[bytes, bytes]:
        """Give the data key and the sealed text."""
        if sealed.format != FORMAT:
            raise _closed(f"The secret {place.field} has the format {sealed.format}, which this version does not know.")
        master = self._keys.find(sealed.key_id)
        if master is None:
            raise _closed(
                f"The secret {place.field} was sealed with the master key {sealed.key_id}; the data directory holds {self.current_key_id()}."
            )
        try:
            raw = base64.b64decode(sealed.envelope, validate=True)
            return _decrypt(_wrapping(master), raw[:_WRAPPED_BYTES], _bound(place)), raw[_WRAPPED_BYTES:]
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise _changed(place) from error

    def fingerprint(self, secret: Secret) -> str:
        """Give six digits by which people recognize a secret and nobody guesses it."""
        digest = hmac.new(self._keys.fingerprint_key(), secret.reveal().encode(), hashlib.sha256).hexdigest()
        return digest[:_FINGERPRINT_DIGITS]


def _wrapping(master: MasterKey) -> AESGCM:
    return AESGCM(master.derive("wrapping"))


def _bound(place: SecretPlace) -> bytes:
    return msgspec.json.encode((FORMAT, place.company, place.connection, place.field, place.account))


def _encrypt(cipher: AESGCM, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, bound)


def _decrypt(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)


def _changed(place: SecretPlace) -> RunStoppedError:
    return _closed(f"The secret {place.field} of account {place.account} was changed, or sealed for another place.")


def _closed(said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-KEY-001", facts={"said": said}))
