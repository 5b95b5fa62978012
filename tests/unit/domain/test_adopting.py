"""A legacy configuration is taken as far as it can be placed; the rest is told with its place and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from suitebridge.catalog import CATALOG
from suitebridge.domain.adopting import Adopted, adopt
from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.expressions import Constant, Field, Translate
from suitebridge.domain.overrides import UNTOUCHED, configured
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.workflow import MappingGroup, Row

TEXT = """# from the old account
<PULL>
<EMPLOYEE_TO_USER>
NS_FIELDS internalId, entityId, email
OA_FIELDS_INITIAL_ONLY User.first
User.netsuite_user_id__c Employee.internalId
User.nickname entityId
User.first Employee.firstName
User.LAST lastName
email Employee.email
email phone
colour phone
department emial
active =
FILTER <<END
(Employee.email <> 'x@example.com')
END
</EMPLOYEE_TO_USER>
<EMPLOYEE_TO_USERS>
</EMPLOYEE_TO_USERS>
</PULL>
stray words
<PUSH>
<INVOICE_TO_INVOICE>
<memo notes> 'a' 'b' </memo>
FILTER <<END
(total > '100.50') AND (date >= '2026-01-31')
END
</INVOICE_TO_INVOICE>
"""


def take(text: str) -> Adopted:
    return adopt(CATALOG, UNTOUCHED, configured(CATALOG, UNTOUCHED), text, schema_of)


def rows_of(taken: Adopted, workflow: str) -> dict[str, Row]:
    group: MappingGroup = configured(CATALOG, taken.configuration)[workflow].groups[0]
    return {row.target: row for row in group.rows if row.is_active}


def test_what_can_be_placed_is_and_the_rest_is_told_with_its_place() -> None:
    taken = take(TEXT)
    assert [one.group for one in taken.placed] == ["EMPLOYEE_TO_USER", "INVOICE_TO_INVOICE"]
    found = {(one.line, one.column): one.said for one in taken.unplaced}
    assert found.pop((11, 1)) == "email is written twice in EMPLOYEE_TO_USER; the first was taken."
    assert "has no field colour." in found.pop((12, 1))
    assert found.pop((13, 12)).endswith("has no field emial. Do you mean email?")
    assert found.pop((14, 9)) == "The formula is empty."
    unknown = "No import has the integration point EMPLOYEE_TO_USERS. Do you mean EMPLOYEE_TO_USER?"
    assert found.pop((19, 1)) == unknown
    assert "“stray words” belongs to no integration point." in found.pop((22, 1))
    assert "<PUSH> is not closed" in found.pop((30, 1))
    rows = rows_of(taken, "import_employees")
    assert found == {}
    assert (rows["first"].is_initial_only, rows["first"].source) == (True, Field(path="firstName"))
    assert rows["last"].source == Field(path="lastName")
    assert rows["netsuite_id"].source == Field(path="id")
    (edit,) = [one for one in taken.configuration.overrides if one.workflow == "import_employees"]
    assert edit.groups[0].condition == Compare(path="email", comparison=Comparison.NOT_EQUAL, value="x@example.com")
    (edit,) = [one for one in taken.configuration.overrides if one.workflow == "export_invoices"]
    assert edit.groups[0].condition == AllOf(
        conditions=(
            Compare(path="total", comparison=Comparison.GREATER, value=Decimal("100.50")),
            Compare(path="date", comparison=Comparison.GREATER_OR_EQUAL, value=date(2026, 1, 31)),
        )
    )
    invoice = rows_of(taken, "export_invoices")
    assert invoice["memo"].source == Translate(of=Field(path="notes"), pairs=(("a", "b"),))
    assert "entity" in invoice, "a required row stays, whatever the text says"


def test_the_json_dump_is_taken_in_the_same_way() -> None:
    key = {
        "active": 1,
        "ns_default": "Customer.internalId",
        "oa_value": "Customer.netsuite_customer_id__c",
        "read_only": 1,
    }
    mapping = [
        key,
        {"active": 1, "ns_default": "Customer.entityId", "oa_value": "Customer.name"},
        {"active": 1, "ns_default": '="1"', "oa_value": "Customer.active", "initial_only": 1},
        {"active": 0, "ns_default": "Customer.phone", "oa_value": "Customer.phone"},
        {"active": 1, "ns_default": "", "oa_value": "notes", "advanced": "companyName,' / ',email"},
        {"active": 1, "ns_default": "", "oa_value": "", "advanced": "<email phone> 'a' 'b' </email>"},
    ]
    tab = {"label": "Customer", "filter": "", "mapping": mapping}
    customers = {"active": 1, "label": "Customers", "name": "CUSTOMER_TO_CUSTOMER", "tabs": [tab]}
    resting = {**customers, "active": 0, "name": "CONTACT_TO_CONTACT"}
    by_title = {
        **customers,
        "name": "export",
        "tabs": [{"label": "Invoice line", "mapping": [{"ns_default": "quantity", "oa_value": "quantity"}]}],
    }
    dump = {"data": {"acct_id": "x", "chapters": {"from_ns": [customers, resting], "to_ns": [by_title]}}}
    taken = take(json.dumps(dump))
    assert [one.group for one in taken.placed] == ["CUSTOMER_TO_CUSTOMER", "INVOICE_LINE"]
    assert [(one.line, one.point, one.said) for one in taken.unplaced] == [
        (0, "CONTACT_TO_CONTACT", "The workflow is switched off in the dump.")
    ]
    rows = rows_of(taken, "import_customers")
    assert (rows["active"].source, rows["active"].is_initial_only) == (Constant(value="1"), True)
    assert "phone" not in rows
    assert isinstance(rows["email"].source, Translate)
    assert take('{"data": {}}').unplaced[0].said == "The dump has no chapters from_ns or to_ns."
    assert (take('{"data": \n ?}').unplaced[0].line, take("{" + "[" * 100_000).unplaced[0].line) == (2, 1)


def test_a_workflow_of_ones_own_is_a_point_like_any_other() -> None:
    own = replace(
        CATALOG["import_contacts"], name="mine", groups=(replace(CATALOG["import_contacts"].groups[0], name="MINE"),)
    )
    had = replace(UNTOUCHED, custom=(own,))
    text = "<PULL>\n<mine>\nnetsuite_id id\nname entityId\ncustomer company\nphone email\n</mine>\n</PULL>\n"
    taken = adopt(CATALOG, had, configured(CATALOG, had), text, schema_of)
    assert (taken.unplaced, taken.placed[0].workflow) == ((), "mine")
    (made,) = taken.configuration.custom
    assert made.is_active
    assert [row.source for row in made.groups[0].rows if row.target == "phone"] == [Field(path="email")]
