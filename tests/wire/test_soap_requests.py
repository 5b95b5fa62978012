"""SOAP requests: every writable record type of the catalog, valid by NetSuite's schemas, and the values as they go out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from suitebridge.adapters.netsuite.shapes import shape_of, writer_of
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.wire import xml
from suitebridge.wire.oauth1 import Passport
from suitebridge.wire.soap import (
    attach,
    envelopes,
    get_currency_rate,
    get_customization_id,
    get_deleted,
    get_list,
    get_select_value,
    get_server_time,
    governance,
    initialize,
    names,
    write_lists,
)
from suitebridge.wire.soap.record_shapes import ElementKind, ElementShape, RecordShape, Scalar, SoapRecord, SoapValue
from suitebridge.wire.soap.record_writing import RecordWriter
from suitebridge.wire.unwritable import UnwritableValueError
from tests.wire import envelopes as answers
from tests.wire.netsuite_schemas import needs_schemas, violations

PASSPORT = Passport(
    account="1234567_SB1", consumer_key="ck", token="tk", nonce="abcdef123456", timestamp=1508242306, signature="c2ln"
)
WRITABLE = sorted(name for name, schema in NETSUITE_TYPES.items() if schema.soap_namespace)
SAMPLES: dict[ElementKind, Scalar] = {
    ElementKind.TEXT: 'Müller & "Söhne" <GmbH>\n漢字',
    ElementKind.NUMBER: Decimal("1250.50"),
    ElementKind.BOOLEAN: True,
    ElementKind.DAY: date(2026, 3, 8),
    ElementKind.INSTANT: datetime(2026, 3, 8, 12, 0, tzinfo=UTC),
    ElementKind.REFERENCE: "-5",
    ElementKind.HOURS: Decimal("7.25"),
}
TIME_TAG = f"{{{names.namespace_of('employees_2025_2.transactions')}}}"


def sample(element: ElementShape, literals: dict[str, str]) -> SoapValue:
    if element.kind is ElementKind.LINES:
        # Fields that hold a whole number are numbers to the shape; the schema is stricter.
        whole = {"doc", "line"}
        line = {part.name: Decimal(12) if part.name in whole else SAMPLES[part.kind] for part in element.lines}
        return [line, line]
    if element.kind is ElementKind.LITERAL:
        return literals[element.name]
    return SAMPLES[element.kind]


def filled_record(record_type: str) -> SoapRecord:
    schema = NETSUITE_TYPES[record_type]
    literals = {field.name: field.choices[0][0] for field in schema.fields if field.choices}
    values = {element.name: sample(element, literals) for element in shape_of(schema).elements}
    return SoapRecord(external_id=f"sb_abcdefgh_{record_type}_1", values=values)


def framed(operation: str, content: bytes) -> bytes:
    return envelopes.request(url="https://x", operation=operation, content=content, passport=PASSPORT).body


def rendered(writer: RecordWriter, *records: SoapRecord) -> bytes:
    return write_lists.render(write_lists.UPSERT, writer, [writer.write(record) for record in records])


def written(record_type: str, record: SoapRecord) -> etree._Element:
    root = xml.parse(rendered(writer_of(record_type), record))
    return root[0]


@needs_schemas
@pytest.mark.parametrize("record_type", WRITABLE)
def test_upsert_list_is_valid(record_type: str) -> None:
    records = [filled_record(record_type), SoapRecord(external_id="empty", values={}, nulls=("memo",))]
    shape = shape_of(NETSUITE_TYPES[record_type])
    known = {element.name for element in shape.elements}
    records = [record for record in records if known.issuperset(record.nulls)]
    assert not violations(framed(write_lists.UPSERT, rendered(writer_of(record_type), *records)))


@needs_schemas
def test_other_operations_are_valid() -> None:
    references = [
        get_list.Reference(type="timeBill", external_id="sb_abcdefgh_time_1"),
        get_list.Reference(type="customer", internal_id="42"),
    ]
    assert not violations(framed(get_server_time.OPERATION, get_server_time.CONTENT))
    assert not violations(framed(get_list.OPERATION, get_list.render(references)))


ASKED = {
    "deleted": (get_deleted.OPERATION, get_deleted.render(("customer", "job"), datetime(2026, 3, 8, tzinfo=UTC), 2)),
    "values": (get_select_value.OPERATION, get_select_value.render("timeBill", "item", 1)),
    "types": (get_customization_id.OPERATION, get_customization_id.render(get_customization_id.RECORD_TYPES)),
    "rates": (get_currency_rate.OPERATION, get_currency_rate.render(None)),
    "rates of a day": (get_currency_rate.OPERATION, get_currency_rate.render(date(2026, 3, 8))),
    "account": (governance.ACCOUNT, governance.render(governance.ACCOUNT)),
    "integration": (governance.INTEGRATION, governance.render(governance.INTEGRATION)),
    "delete": (write_lists.DELETE, write_lists.render_deletions("timeBill", ["7", "eid:a&b"])),
    "initialize": (initialize.OPERATION, initialize.render(("salesOrder", "eid:a&b"), "invoice")),
    "contact": (attach.OPERATION, attach.render(("customer", "eid:zed"), ("contact", "7"))),
    "file": (attach.OPERATION, attach.render(("customer", "7"), ("file", "8"))),
}


@needs_schemas
@pytest.mark.parametrize("name", ASKED)
def test_questions_and_changes_are_valid(name: str) -> None:
    assert not violations(framed(*ASKED[name]))


MADE = f"""<msgs:initializeResponse xmlns:i="{names.namespace_of("sales_2025_2.transactions")}"><msgs:readResponse>{answers.status()}
<msgs:record internalId="0" xsi:type="i:Invoice"><i:entity internalId="7"><core:name>Zed</core:name></i:entity>
<i:tranDate>2026-05-18T00:00:00.000-07:00</i:tranDate><i:createdFrom internalId="90"/><i:exchangeRate>1.0</i:exchangeRate>
<i:memo>from the order</i:memo><i:status>Open</i:status>
<i:itemList><i:item><i:item internalId="5"/><i:line>1</i:line><i:amount>10.0</i:amount><i:orderLine>1</i:orderLine></i:item></i:itemList>
<i:customFieldList><core:customField xsi:type="core:StringCustomFieldRef" scriptId="custbody_kept"><core:value>kept</core:value></core:customField>
</i:customFieldList></msgs:record></msgs:readResponse></msgs:initializeResponse>"""


@needs_schemas
def test_what_netsuite_filled_in_goes_back_with_what_differs() -> None:
    made = initialize.read_answer(envelopes.open_answer(answers.envelope(MADE))).record
    assert made is not None
    writer = writer_of("invoice")
    line: dict[str, Scalar] = {"item": "6", "amount": Decimal(20)}
    values: dict[str, SoapValue] = {"tranDate": date(2026, 5, 4), "otherRefNum": "PO 1", "itemList": [line]}
    given = writer.write(SoapRecord(external_id="sb_i_1", values=values, nulls=("memo",)))
    added = initialize.addition("invoice", made, writer.frame(write_lists.ADD, [given]).decode())
    request = envelopes.request(
        url="https://x",
        operation=write_lists.ADD,
        content=write_lists.render(write_lists.ADD, writer, [added]),
        passport=PASSPORT,
        has_read_only_fields=True,
    )
    assert not violations(request.body)
    assert b"ignoreReadOnlyFields>true<" in request.body
    root = xml.parse(added.encode())
    assert (root.get("externalId"), root.get("internalId")) == ("sb_i_1", None)
    found = [etree.QName(child).localname for child in root]
    assert found == [
        "nullFieldList", "entity", "tranDate", "createdFrom", "otherRefNum", "exchangeRate", "status", "itemList", "customFieldList",
    ]  # fmt: skip
    assert [line.get("internalId") for line in root.iterfind(".//{*}item[@internalId]")] == ["5", "6"]
    assert root.findtext(".//{*}orderLine") == "1"
    assert "2026-05-04" in (root.findtext("{*}tranDate") or "")


def test_an_answer_without_a_record_is_no_answer() -> None:
    nothing = (
        f"<msgs:initializeResponse><msgs:readResponse>{answers.status()}</msgs:readResponse></msgs:initializeResponse>"
    )
    for body in (nothing, "<msgs:getResponse/>"):
        with pytest.raises(xml.UnreadableXmlError):
            initialize.read_answer(envelopes.open_answer(answers.envelope(body)))


@needs_schemas
@pytest.mark.parametrize("record_type", WRITABLE)
def test_update_list_is_valid_and_names_its_record(record_type: str) -> None:
    writer = writer_of(record_type)
    record = filled_record(record_type)
    written = [
        writer.write(SoapRecord(internal_id="42", values=record.values)),
        writer.write(SoapRecord(external_id="a", values={})),
    ]
    content = write_lists.render(write_lists.UPDATE, writer, written)
    assert not violations(framed(write_lists.UPDATE, content))
    first, second = xml.parse(content)
    assert (first.get("internalId"), first.get("externalId")) == ("42", None)
    assert (second.get("internalId"), second.get("externalId")) == (None, "a")


@needs_schemas
def test_the_schemas_would_notice() -> None:
    swapped = RecordShape(
        type_name="TimeBill",
        namespace=names.namespace_of("employees_2025_2.transactions"),
        elements=tuple(reversed(shape_of(NETSUITE_TYPES["timeBill"]).elements)),
    )
    content = rendered(RecordWriter(swapped), filled_record("timeBill"))
    assert violations(framed(write_lists.UPSERT, content))


def test_request_carries_passport_and_action() -> None:
    request = envelopes.request(url="https://x", operation="upsertList", content=b"<a/>", passport=PASSPORT)
    assert request.headers["SOAPAction"] == '"upsertList"'
    assert request.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = xml.parse(request.body)
    (header,) = root[0]
    assert [child.text for child in header] == ["1234567_SB1", "ck", "tk", "abcdef123456", "1508242306", "c2ln"]
    assert header[5].get("algorithm") == "HMAC-SHA256"
    assert "c2ln" not in repr(request)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 1, 15), "2026-01-15T00:00:00.000-08:00"),
        (date(2026, 7, 15), "2026-07-15T00:00:00.000-07:00"),
        (date(2026, 3, 8), "2026-03-08T00:00:00.000-08:00"),  # clocks change at two o'clock
        (date(2026, 11, 1), "2026-11-01T00:00:00.000-07:00"),
    ],
)
def test_civil_day_stands_at_midnight_pacific(day: date, text: str) -> None:
    record = written("timeBill", SoapRecord(external_id="x", values={"tranDate": day}))
    assert record.findtext(f"{TIME_TAG}tranDate") == text


def test_values_as_netsuite_reads_them() -> None:
    record = written(
        "timeBill",
        SoapRecord(
            external_id="x",
            values={
                "employee": "12",
                "isBillable": False,
                "hours": Decimal("0.10"),
                "timeType": "_actualTime",
                "memo": None,
            },
        ),
    )
    assert [etree.QName(child).localname for child in record] == ["employee", "isBillable", "hours", "timeType"]
    assert record[0].get("internalId") == "12"
    assert [part.text for part in record[2]] == ["0.10", "hour"]
    assert record.get(names.XSI_TYPE) == "record:TimeBill"


def test_lines_replace_all_lines() -> None:
    record = written("invoice", filled_record("invoice"))
    (lines,) = [child for child in record if etree.QName(child).localname == "itemList"]
    assert lines.get("replaceAll") == "true"
    assert len(lines) == 2


def test_custom_fields_stand_in_their_list_at_the_end() -> None:
    record = written("customer", filled_record("customer"))
    assert etree.QName(record[-1]).localname == "customFieldList"
    theirs, ours = record[-1]
    assert theirs.get("scriptId") == "custentity_oa_export_to_openair"
    assert ours.get("scriptId") == "custentity_sb_export"
    assert theirs.get(names.XSI_TYPE) == "platformCore:BooleanCustomFieldRef"
    assert theirs[0].text == "true"


def test_cleared_fields_are_named_first() -> None:
    record = written("invoice", SoapRecord(external_id="x", values={"memo": "a"}, nulls=("otherRefNum",)))
    assert [etree.QName(child).localname for child in record] == ["nullFieldList", "memo"]
    assert record[0][0].text == "otherRefNum"


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"memo": "a\x00b"}, "memo", r"U\+0000 at position 2"),
        ({"memo": "\ud83d"}, "memo", r"U\+D83D at position 1"),
        ({"memo": 5}, "memo", "takes a text"),
        ({"employee": 5}, "employee", "takes a text"),
        ({"hours": "7.5"}, "hours", "takes a number"),
        ({"hours": True}, "hours", "takes a number"),
        ({"hours": Decimal("NaN")}, "hours", "no number"),
        ({"isBillable": "T"}, "isBillable", "takes yes or no"),
        ({"tranDate": datetime(2026, 1, 1, tzinfo=UTC)}, "tranDate", "takes a day"),
        ({"nickname": "x"}, "nickname", "no such field"),
    ],
)
def test_what_cannot_go_out_is_refused_by_name(values: dict[str, SoapValue], field: str, reason: str) -> None:
    with pytest.raises(UnwritableValueError, match=reason) as refused:
        writer_of("timeBill").write(SoapRecord(external_id="x", values=values))
    assert refused.value.field == field


def test_the_line_at_fault_is_named() -> None:
    lines = [{"item": "1"}, {"item": "1", "description": "\x01"}]
    with pytest.raises(UnwritableValueError) as refused:
        writer_of("invoice").write(SoapRecord(external_id="x", values={"itemList": lines}))
    assert refused.value.field == "itemList line 2, description"


@given(st.text())
def test_text_comes_back_as_it_went(text: str) -> None:
    record = SoapRecord(external_id="x", values={"memo": text})
    try:
        xml.legal_text(text)
    except xml.IllegalCharacterError:
        with pytest.raises(UnwritableValueError):
            written("timeBill", record)
        return
    assert written("timeBill", record).findtext(f"{TIME_TAG}memo") == text


@given(st.text("abc&<>\"'\t\n\r ü", min_size=1))
def test_external_id_comes_back_as_it_went(key: str) -> None:
    assert written("timeBill", SoapRecord(external_id=key, values={})).get("externalId") == key


def test_limits_hold() -> None:
    with pytest.raises(ValueError, match="at most 100"):
        rendered(writer_of("timeBill"), *[SoapRecord(external_id="x", values={})] * 101)
    with pytest.raises(ValueError, match="one of them"):
        get_list.render([get_list.Reference(type="timeBill")])
