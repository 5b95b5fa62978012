"""Which roles see which sensitive fields: each role with each field, and canaries that must not come through."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suitebridge.domain.intents import Change
from suitebridge.domain.masking import MASK, hides, is_sensitive, mask_changes, mask_fields
from suitebridge.domain.people import (
    ADMINISTRATOR,
    AUDITOR,
    EMPLOYEE,
    INTEGRATION_DESIGNER,
    INTEGRATION_OPERATOR,
    USER_ADMINISTRATOR,
    VIEWER,
    Permission,
    Role,
)
from suitebridge.domain.schemas import RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES

PERSONAL = {
    ("employee", "email"),
    ("customer", "email"),
    ("customer", "phone"),
    ("contact", "email"),
    ("vendor", "email"),
    ("vendor", "phone"),
    ("contact", "phone"),
}
RATES = {
    ("service", "rate"),
    ("charge", "rate"),
    ("expense_item", "cost"),
    ("product", "cost"),
    ("request_item", "cost"),
    ("purchase_item", "cost"),
    ("loaded_cost", "cost"),
}
HIDDEN_FROM = {
    ADMINISTRATOR: set(),
    INTEGRATION_OPERATOR: set(),
    EMPLOYEE: RATES,
    VIEWER: RATES,
    INTEGRATION_DESIGNER: RATES,
    USER_ADMINISTRATOR: RATES,
    AUDITOR: PERSONAL | RATES,
}
SENSITIVE_WORDS = ("email", "phone", "address", "rate", "salary", "iban", "bank")


def hidden_fields(schema: RecordSchema, role: Role) -> set[str]:
    """Name the fields of a type that a role hides."""
    return {field.name for field in schema.fields if hides(role, schema.name, field)}


def test_paths_lead_to_what_is_sensitive() -> None:
    """What errors may not quote, whichever way a mapping reaches it."""
    found = [("charge", "rate"), ("invoice", "charges.rate"), ("project", "customer.email"), ("employee", "email")]
    assert all(is_sensitive(record_type, path) for record_type, path in found)
    open_ = [
        ("charge", "total"),
        ("invoice", "charges.total"),
        ("project", "customer"),
        ("job", "email"),
        ("customer", "x.y"),
    ]
    assert not any(is_sensitive(record_type, path) for record_type, path in open_)


def test_the_sensitive_fields_are_these() -> None:
    marked = {
        (schema.name, field.name)
        for schema in WORKSPACE_TYPES.values()
        for field in schema.fields
        if field.sensitivity is not Sensitivity.OPEN
    }
    assert marked == PERSONAL | RATES


def test_a_field_that_sounds_sensitive_is_marked() -> None:
    for schema in WORKSPACE_TYPES.values():
        for field in schema.fields:
            if any(word in field.name.split("_") for word in SENSITIVE_WORDS):
                assert field.sensitivity is not Sensitivity.OPEN, f"{schema.name}.{field.name}"


@pytest.mark.parametrize("role", HIDDEN_FROM, ids=lambda role: role.name)
def test_each_role_sees_what_it_may_in_records_and_in_their_history(role: Role) -> None:
    for schema in WORKSPACE_TYPES.values():
        hidden = {name for record_type, name in HIDDEN_FROM[role] if record_type == schema.name}
        assert hidden_fields(schema, role) == hidden
        fields = {field.name: f"canary of {field.name}" for field in schema.fields}
        seen = mask_fields(schema, fields, role)
        assert {name for name, value in seen.items() if value == MASK} == hidden
        changes = [Change(field=name, before=Decimal("91.37"), after=text) for name, text in fields.items()]
        told = mask_changes(schema.name, changes, role)
        assert {one.field for one in told if MASK in (one.before, one.after)} == hidden
        assert not any("canary" in repr(one) or "91.37" in repr(one) for one in told if one.field in hidden)


def test_a_right_opens_its_fields_and_changing_a_type_opens_them_all() -> None:
    plain = {Permission.VIEW_RECORDS}
    rates = Role(name="Pricing", permissions=frozenset({*plain, Permission.VIEW_RATES}))
    assert hidden_fields(WORKSPACE_TYPES["charge"], rates) == set()
    assert hidden_fields(WORKSPACE_TYPES["customer"], rates) == {"email", "phone"}
    clerk = Role(name="Clerk", permissions=frozenset(plain), modifies=frozenset({"customer"}))
    assert hidden_fields(WORKSPACE_TYPES["customer"], clerk) == set()
    assert hidden_fields(WORKSPACE_TYPES["contact"], clerk) == {"email", "phone"}


def test_blank_values_stay_blank_and_entries_about_no_record_stay_whole() -> None:
    assert mask_fields(WORKSPACE_TYPES["customer"], {"email": None, "phone": ""}, AUDITOR) == {
        "email": None,
        "phone": "",
    }
    (change,) = mask_changes("connection", [Change(field="email", before=None, after="kept")], AUDITOR)
    assert change.after == "kept"
