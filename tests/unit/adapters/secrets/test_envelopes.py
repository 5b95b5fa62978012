"""Sealed secrets open in their own place, with their own key, unchanged, and nowhere else (quality.md S17-S19)."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.adapters.secrets.envelopes import EnvelopeSealer
from suitebridge.adapters.secrets.keys import MasterKey
from suitebridge.adapters.store.seals import SealedText, SecretPlace
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError

SEALER = EnvelopeSealer(MasterKey(bytes(range(32))))
PLACE = SecretPlace(company="meridian", connection="netsuite", field="token_secret", account="TSTDRV100")
# Sealed once by this code and kept: a later version must still open it.
KNOWN = SealedText(
    format=1,
    key_id="b029c23ee96c1616",
    envelope="GnRFUGBuYZ6Q2d2rD1AQ91beYzfVuOQ7bKtD/b1sWxNxl0biM/dD9rqtUOCSiggOZbMjoks8B0eaxtN4mhP2NBsTSBcFNMkqXZbnfCgOKvL8JZ7iHeHD+1iAehYj4x1yEAjZQ8w=",
    fingerprint="a32fd1",
)


@given(st.text())
def test_a_secret_comes_back_as_it_was(text: str) -> None:
    assert SEALER.open(SEALER.seal(Secret(text), PLACE), PLACE) == Secret(text)


def test_two_seals_of_one_secret_differ_but_not_their_fingerprint() -> None:
    one, other = SEALER.seal(Secret("x"), PLACE), SEALER.seal(Secret("x"), PLACE)
    assert one.envelope != other.envelope
    assert one.fingerprint == other.fingerprint
    assert len(one.fingerprint) == 6
    assert SEALER.fingerprint(Secret("y")) != one.fingerprint


def test_a_fingerprint_needs_the_key() -> None:
    assert EnvelopeSealer(MasterKey(bytes(32))).fingerprint(Secret("x")) != SEALER.fingerprint(Secret("x"))


@pytest.mark.parametrize("part", ["company", "connection", "field", "account"])
def test_a_sealed_secret_opens_in_no_other_place(part: str) -> None:
    sealed = SEALER.seal(Secret("x"), PLACE)
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        SEALER.open(sealed, replace(PLACE, **{part: "elsewhere"}))


def test_parts_of_a_place_do_not_run_together() -> None:
    sealed = SEALER.seal(Secret("x"), replace(PLACE, company="ab", connection="c"))
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        SEALER.open(sealed, replace(PLACE, company="a", connection="bc"))


def test_no_byte_of_an_envelope_may_change() -> None:
    sealed = SEALER.seal(Secret("secret"), PLACE)
    raw = base64.b64decode(sealed.envelope)
    for index in range(len(raw)):
        changed = bytearray(raw)
        changed[index] ^= 1
        with pytest.raises(RunStoppedError, match="SB-KEY-001"):
            SEALER.open(replace(sealed, envelope=base64.b64encode(bytes(changed)).decode()), PLACE)


@pytest.mark.parametrize("envelope", ["", "AAAA", "not base64!", "ü"])
def test_a_mangled_envelope_is_refused(envelope: str) -> None:
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        SEALER.open(replace(SEALER.seal(Secret("x"), PLACE), envelope=envelope), PLACE)


def test_a_wrong_key_says_which_one_is_needed() -> None:
    sealed = SEALER.seal(Secret("x"), PLACE)
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        EnvelopeSealer(MasterKey(bytes(32))).open(sealed, PLACE)
    assert sealed.key_id in caught.value.problem.cause


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        SEALER.open(replace(SEALER.seal(Secret("x"), PLACE), format=2), PLACE)


def test_what_an_earlier_version_sealed_still_opens() -> None:
    assert SEALER.open(KNOWN, PLACE) == Secret("geheim 東京")
    assert SEALER.fingerprint(Secret("geheim 東京")) == KNOWN.fingerprint
