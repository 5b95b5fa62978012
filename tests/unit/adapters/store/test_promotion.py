"""Promoted columns say what the record says, for every workspace type; values survive their stored form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.adapters.store.amounts import from_millionths, to_millionths
from suitebridge.adapters.store.encoding import dump, from_stored, load, to_stored
from suitebridge.adapters.store.promotion import COLUMNS, TITLE_LENGTH, column_of, promoted
from suitebridge.adapters.store.texts import instant_text, number_of
from suitebridge.domain.outcomes import Amount
from suitebridge.domain.schemas import Kind, RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Fields, Value

SAMPLES: dict[Kind, Value] = {
    Kind.TEXT: "text",
    Kind.CHOICE: "A",
    Kind.REFERENCE: "42",
    Kind.INTEGER: 7,
    Kind.DECIMAL: Decimal("7.250"),
    Kind.MONEY: Decimal("-0.01"),
    Kind.DURATION: Decimal("7.5"),
    Kind.BOOLEAN: True,
    Kind.DATE: date(2026, 2, 28),
    Kind.INSTANT: datetime(2026, 2, 28, 23, 59, 59, 7, tzinfo=UTC),
    Kind.LINES: ({"a": "b", "c": Decimal(1), "d": None},),
}


def columns(schema: RecordSchema, fields: Fields) -> dict[str, object]:
    return dict(zip(COLUMNS, promoted(schema, to_stored(schema, fields, record_id="1")), strict=True))


@pytest.mark.parametrize("schema", WORKSPACE_TYPES.values(), ids=lambda schema: schema.name)
def test_every_field_of_every_type_survives(schema: RecordSchema) -> None:
    fields = {field.name: SAMPLES[field.kind] for field in schema.fields}
    assert from_stored(schema, load(dump(to_stored(schema, fields, record_id="1")))) == fields


@pytest.mark.parametrize("schema", WORKSPACE_TYPES.values(), ids=lambda schema: schema.name)
def test_a_promoted_field_is_blank_where_its_column_is(schema: RecordSchema) -> None:
    empty = columns(schema, {})
    assert {name for name, value in empty.items() if value is not None} <= {"title", "title_key", "awaits_export"}
    filled = columns(schema, {field.name: SAMPLES[field.kind] for field in schema.fields})
    promoted_names = {column for field in schema.fields if (column := column_of(schema, field.name))}
    assert {name for name in promoted_names if filled[name] is None} == set()
    assert bool(empty["awaits_export"]) == ("exported" in schema.by_name)
    assert filled["awaits_export"] is None


def test_titles_are_cut_and_folded() -> None:
    shown = columns(WORKSPACE_TYPES["customer"], {"name": "Straße" * 100})
    assert shown["title"] == ("Straße" * 100)[:TITLE_LENGTH]
    assert shown["title_key"] == ("strasse" * 100)[:TITLE_LENGTH]


@pytest.mark.parametrize("text", ["", "-1", "007", "1.0", "x", "²", "9" * 19, " 1"])
def test_what_is_no_record_id_has_no_number(text: str) -> None:
    assert number_of(text) is None


def test_moments_order_as_their_texts_do() -> None:
    berlin = timezone(timedelta(hours=1))
    whole, part = datetime(2026, 1, 1, 10, tzinfo=UTC), datetime(2026, 1, 1, 11, 0, 0, 1, tzinfo=berlin)
    assert instant_text(whole) == "2026-01-01T10:00:00.000000Z"
    assert instant_text(whole) < instant_text(part)


def test_unknown_fields_keep_their_kind() -> None:
    schema = WORKSPACE_TYPES["vendor"]
    fields: Fields = {f"extra_{kind.value}": value for kind, value in SAMPLES.items()}
    kept = from_stored(schema, load(dump(to_stored(schema, fields, record_id="1"))))
    lines = ({"a": "b", "c": Decimal(1)},)
    assert {name: kept[name] for name in fields} == {**fields, "extra_lines": lines}


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_amounts_come_back_exact(value: Decimal) -> None:
    assert from_millionths(to_millionths(Amount(unit="EUR", value=value), record="x")) == value


@pytest.mark.parametrize(("text", "shown"), [("7.5", "7.50"), ("0.001", "0.001"), ("0", "0.00"), ("-3.10", "-3.10")])
def test_amounts_are_shown_with_two_decimals_or_as_many_as_they_have(text: str, shown: str) -> None:
    assert str(from_millionths(to_millionths(Amount(unit="EUR", value=Decimal(text)), record="x"))) == shown
