"""Every status code of a single record maps by rule into the error catalog; what is no code at all is doubt."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from suitebridge.adapters.netsuite.faults import RecordTurn, Refusal, Turn, record_code, record_turn, rest_record_code
from suitebridge.adapters.netsuite.status_codes import StatusKind, kind_of, kind_of_all
from suitebridge.domain.error_table import ERRORS
from suitebridge.domain.errors import Problem
from suitebridge.wire.soap.statuses import Status, StatusDetail
from tests.wire.netsuite_schemas import needs_schemas

FACTS = {
    "said": "some words",
    "record": "Invoice 7",
    "what": "invoices",
    "permission": "Invoice",
    "feature": "Projects",
}


def status(*codes: str) -> Status:
    details = tuple(StatusDetail(code=code, message="some words") for code in codes)
    return Status(is_success=False, details=details)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("USER_ERROR", StatusKind.REFUSED),
        ("INVALID_KEY_OR_REF", StatusKind.REFERENCE),
        ("RCRD_DSNT_EXIST", StatusKind.REFERENCE),
        ("INVALID_REFUND_AMT", StatusKind.REFUSED),
        ("DUP_ENTITY", StatusKind.DUPLICATE),
        ("NAME_ALREADY_IN_USE", StatusKind.DUPLICATE),
        ("PMT_ALREADY_APPRVD", StatusKind.REFUSED),
        ("INSUFFICIENT_FLD_PERMISSION", StatusKind.PERMISSION),
        ("FEATURE_DISABLED", StatusKind.FEATURE),
        ("WS_EXCEEDED_CONCUR_USERS_ALLWD", StatusKind.THROTTLED),
        ("SSS_USAGE_LIMIT_EXCEEDED", StatusKind.DOUBTFUL),
        ("UNEXPECTED_ERROR", StatusKind.DOUBTFUL),
        ("RCRD_HAS_BEEN_CHANGED", StatusKind.CHANGED),
        ("CLOSED_TRAN_PRD", StatusKind.PERIOD),
        ("DATA_REQD", StatusKind.INCOMPLETE),
        ("A_CODE_OF_NEXT_YEAR", StatusKind.DOUBTFUL),
        ("INVALID_VALUE_OF_NEXT_YEAR", StatusKind.REFUSED),
        ("SOME_ERROR", StatusKind.DOUBTFUL),
        ("", StatusKind.DOUBTFUL),
        ("what is this?", StatusKind.DOUBTFUL),
    ],
)
def test_a_code_means_what_its_words_say(code: str, kind: StatusKind) -> None:
    assert kind_of(code) is kind


def test_of_several_codes_doubt_wins() -> None:
    assert kind_of_all(["DATA_REQD", "DUP_ENTITY"]) is StatusKind.DUPLICATE
    assert kind_of_all(["DUP_ENTITY", "UNEXPECTED_ERROR"]) is StatusKind.DOUBTFUL
    assert kind_of_all([]) is StatusKind.DOUBTFUL


@needs_schemas
def test_every_status_code_that_netsuite_documents_has_class_sentence_and_remedy() -> None:
    """Walk the enumeration of all 1,403 over both doors."""
    spaces = {"xsd": "http://www.w3.org/2001/XMLSchema"}
    path = ".//xsd:simpleType[@name='StatusDetailCodeType']//xsd:enumeration"
    folder = Path(os.environ["NETSUITE_SCHEMAS"]) / "xsd"
    codes = [str(one.get("value")) for file in folder.glob("*.xsd") for one in etree.parse(file).iterfind(path, spaces)]
    assert len(codes) == 1403
    kinds = Counter(map(kind_of, codes))
    assert set(kinds) == set(StatusKind)
    assert kinds[StatusKind.DOUBTFUL] < 140, "a refusal that is known costs no look-up"
    for code in codes:
        said, turn = status(code), record_turn(status(code))
        if turn is RecordTurn.REFUSED:
            problem = Problem(code=record_code(said), facts=FACTS)
            assert problem.row is ERRORS[problem.code]
            assert "some words" in problem.cause
            assert problem.remedy
        else:
            assert kind_of(code) in {StatusKind.DOUBTFUL, StatusKind.THROTTLED}, code
        refusal = Refusal(turn=Turn.MALFORMED, said="some words", codes=(code,))
        assert rest_record_code(refusal, frozenset()) in ERRORS
    # The words say what they say, whichever of them a code begins with.
    for words, kind in (
        (r"^DUP_", StatusKind.DUPLICATE),
        (r"PERMISSION", StatusKind.PERMISSION),
        (r"UNEXPECTED", StatusKind.DOUBTFUL),
    ):
        assert {kind_of(code) for code in codes if re.search(words, code)} == {kind}
