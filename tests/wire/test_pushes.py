"""Pushes: what a signature covers, how long it is good, and what a body may hold."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from suitebridge.wire import pushes

KEY, MOMENT, PATH, BODY = (
    "sbp_example",
    "1772438400",
    "/hooks/acme/netsuite",
    b'{"records": [{"type": "customer", "id": "7"}]}',
)


def signed(**changed: str | bytes) -> bool:
    parts = {"timestamp": MOMENT, "method": "POST", "path": PATH, "body": BODY}
    signature = pushes.sign(KEY, **parts)  # type: ignore[arg-type]  # each part has its own kind
    return pushes.is_signed(str(changed.pop("key", KEY)), signature, **{**parts, **changed})  # type: ignore[arg-type]


def test_a_signature_is_an_hmac_over_moment_method_path_and_body() -> None:
    text = b"\n".join((MOMENT.encode(), b"POST", PATH.encode(), BODY))
    right = hmac.new(KEY.encode(), text, hashlib.sha256).hexdigest()
    assert pushes.sign(KEY, timestamp=MOMENT, method="POST", path=PATH, body=BODY) == f"v1={right}"
    assert signed()


@pytest.mark.parametrize(
    "changed",
    [{"key": "other"}, {"timestamp": "1772438401"}, {"method": "GET"}, {"path": PATH + "/1"}, {"body": BODY + b" "}],
)
def test_nothing_of_a_signed_request_can_be_changed(changed: dict[str, str | bytes]) -> None:
    assert not signed(**changed)


def test_no_text_of_any_kind_is_taken_for_a_signature() -> None:
    for text in ("", "v1=", "v2=" + "0" * 64, "ü", "\udcff"):
        assert not pushes.is_signed(KEY, text, timestamp=MOMENT, method="POST", path=PATH, body=BODY)


def test_a_signature_is_good_for_five_minutes_either_way() -> None:
    now = int(MOMENT)
    assert all(pushes.is_recent(MOMENT, now + off) for off in (-300, 0, 300))
    assert not any(pushes.is_recent(MOMENT, now + off) for off in (-301, 301))
    assert not any(pushes.is_recent(text, now) for text in ("", "-1", "1e9", "٣", "9" * 13, f"{MOMENT}.0"))


def test_a_body_names_its_records() -> None:
    push = pushes.read_push(b'{"delivery": "d1", "records": [{"type": "job", "id": "12", "version": "2026-03-02"}]}')
    assert (push.delivery, push.records) == ("d1", (pushes.PushedRecord(type="job", id="12", version="2026-03-02"),))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"records": []}',
        b'{"records": [{"type": "job"}]}',
        b'{"records": [{"type": "job", "id": "x"}]}',
        b'{"records": [{"type": "job", "id": 7}]}',
        b'{"records": [{"type": "job", "id": "7", "name": "N"}]}',
        b'{"records": [{"type": "job", "id": "7"}], "more": 1}',
        b'{"records": [' + b",".join([b'{"type": "job", "id": "7"}'] * 101) + b"]}",
        b'\xff{"records": []}',
    ],
)
def test_a_body_of_another_shape_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        pushes.read_push(body)
