"""Envelopes: each secret is encrypted with a key of its own, and that key with the master key (AES-256-GCM, quality.md S17).

The place of a secret is authenticated with both layers, so that a sealed text copied to another company, field or account does not
open (S18). Layout of format 1, base64: nonce and wrapped data key, then nonce and text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from suitebridge.adapters.secrets.keys import MasterKey
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
    """Seals and opens with one master key; implements `adapters.store.seals.Sealer`."""

    def __init__(self, master: MasterKey) -> None:
        self._key_id = master.id
        self._wrapping = AESGCM(master.derive("wrapping"))
        self._printing = master.derive("fingerprints")

    def seal(self, secret: Secret, place: SecretPlace) -> SealedText:
        """Seal a secret for one place."""
        bound = _bound(place)
        data_key = AESGCM.generate_key(bit_length=_KEY_BYTES * 8)
        wrapped = _encrypt(self._wrapping, data_key, bound)
        text = _encrypt(AESGCM(data_key), secret.reveal().encode(), bound)
        return SealedText(
            format=FORMAT,
            key_id=self._key_id,
            envelope=base64.b64encode(wrapped + text).decode(),
            fingerprint=self.fingerprint(secret),
        )

    def open(self, sealed: SealedText, place: SecretPlace) -> Secret:
        """Open a secret in its place. Raise `RunStoppedError` SB-KEY-001 with a wrong key, a moved or a changed envelope."""
        if sealed.format != FORMAT:
            raise _closed(f"The secret {place.field} has the format {sealed.format}, which this version does not know.")
        if sealed.key_id != self._key_id:
            raise _closed(
                f"The secret {place.field} was sealed with the master key {sealed.key_id}; the data directory holds {self._key_id}."
            )
        bound = _bound(place)
        try:
            raw = base64.b64decode(sealed.envelope, validate=True)
            data_key = _decrypt(self._wrapping, raw[:_WRAPPED_BYTES], bound)
            return Secret(_decrypt(AESGCM(data_key), raw[_WRAPPED_BYTES:], bound).decode())
        except (InvalidTag, binascii.Error, ValueError) as error:
            said = f"The secret {place.field} of account {place.account} was changed, or sealed for another place."
            raise _closed(said) from error

    def fingerprint(self, secret: Secret) -> str:
        """Give six digits by which people recognize a secret and nobody guesses it."""
        digest = hmac.new(self._printing, secret.reveal().encode(), hashlib.sha256).hexdigest()
        return digest[:_FINGERPRINT_DIGITS]


def _bound(place: SecretPlace) -> bytes:
    return msgspec.json.encode((FORMAT, place.company, place.connection, place.field, place.account))


def _encrypt(cipher: AESGCM, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, bound)


def _decrypt(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)


def _closed(said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-KEY-001", facts={"said": said}))
