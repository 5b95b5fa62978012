"""The business rules of the account: what it fills in, what it refuses, in which words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from simulator.tests.firms import Firm, done, hours, refused, stored

from netsuite_simulator.account import Reference, Written
from netsuite_simulator.results import CREATE, EDIT, VIEW
from netsuite_simulator.roles import Role
from netsuite_simulator.schemas.fields import Field, Kind

# --- required fields and references ---


@pytest.mark.parametrize(
    ("type_name", "values", "labels"),
    [
        ("customer", {}, "Company Name"),
        ("customer", {"isPerson": True}, "First Name, Last Name"),
        ("employee", {}, "First Name, Last Name"),
        ("vendor", {}, "Company Name"),
        ("job", {}, "Project Name"),
        ("contact", {}, "Contact"),
        ("projectTask", {}, "Name, Project"),
        ("timeBill", {}, "Employee, Duration"),
        ("serviceSaleItem", {}, "Income Account, Item Name/Number"),
        ("expenseCategory", {}, "Expense Category, Expense Account"),
        ("department", {}, "Name"),
        ("expenseReport", {}, "Employee"),
        ("invoice", {}, "Customer"),
    ],
)
def test_missing_values_are_listed(firm: Firm, type_name: str, values: dict[str, Any], labels: str) -> None:
    rejection = refused(firm.account.create(type_name, values))
    assert (rejection.code, rejection.message) == ("USER_ERROR", f"Please enter value(s) for: {labels}")


def test_with_several_subsidiaries_one_is_asked_for(firm: Firm) -> None:
    assert stored(firm.account, done(firm.account.create("customer", {"companyName": "A"}))).values["subsidiary"]
    firm.account.add("subsidiary", name="Second", country="DE", currency=firm.dollar)
    rejection = refused(firm.account.create("customer", {"companyName": "B"}))
    assert rejection.message == "Please enter value(s) for: Primary Subsidiary"


@pytest.mark.parametrize("reference", [Reference(internal_id="999"), Reference(external_id="E-999"), "999"])
def test_a_reference_to_nothing_is_refused(firm: Firm, reference: object) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, employee=reference)))
    shown = reference if isinstance(reference, str) else (reference.internal_id or reference.external_id)  # type: ignore[attr-defined]
    assert (rejection.code, rejection.message) == ("INVALID_KEY_OR_REF", f"Invalid employee reference key {shown}.")
    assert rejection.field == "employee"


def test_a_reference_to_the_wrong_type_is_refused(firm: Firm) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, employee=Reference(external_id="c-1"))))
    assert rejection.code == "INVALID_KEY_OR_REF"


def test_a_new_reference_to_an_inactive_record_is_refused_and_an_old_one_stays(firm: Firm) -> None:
    written = done(firm.account.create("timeBill", hours(firm)))
    firm.account.bump("serviceSaleItem", firm.item, isInactive=True)
    assert refused(firm.account.create("timeBill", hours(firm))).code == "INVALID_KEY_OR_REF"
    done(firm.account.update("timeBill", {"memo": "still"}, internal_id=written.id))


def test_an_external_id_reference_is_kept_as_the_internal_id(firm: Firm) -> None:
    written = done(firm.account.create("timeBill", hours(firm, employee=Reference(external_id="E-1"))))
    assert stored(firm.account, written).values["employee"] == firm.employee


def test_a_choice_must_be_one_of_its_list(firm: Firm) -> None:
    assert refused(firm.account.create("timeBill", hours(firm, approvalStatus="9"))).code == "INVALID_KEY_OR_REF"
    written = done(firm.account.create("timeBill", hours(firm, timeType="_plannedTime")))
    assert stored(firm.account, written).values["timeType"] == "P"


def test_a_value_of_the_wrong_kind_is_refused(firm: Firm) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, hours="eight")))
    assert rejection.code == "INVALID_FLD_VALUE"
    assert "Invalid Field Value eight for the following field: hours" in rejection.message


# --- ids and names ---


def test_a_taken_external_id_is_refused(firm: Firm) -> None:
    rejection = refused(firm.account.create("customer", {"companyName": "B"}, external_id="C-1"))
    assert rejection.code == "DUP_RCRD"
    values = {"firstName": "B", "lastName": "C"}
    assert refused(firm.account.upsert("employee", values, external_id="C-1")).code == "DUP_RCRD"
    assert refused(firm.account.upsert("employee", values, external_id="")).code == "EXTERNALID_REQD"


def test_an_upsert_twice_is_one_record(firm: Firm) -> None:
    first = done(firm.account.upsert("timeBill", hours(firm), external_id="sb_1"))
    second = done(firm.account.upsert("timeBill", hours(firm, memo="again"), external_id="SB_1"))
    assert (first.created, second.created, first.id) == (True, False, second.id)
    assert firm.account.counts()["timeBill"] == 1


def test_a_list_of_upserts_keeps_each_record_apart(firm: Firm) -> None:
    results = firm.account.upsert_many(
        "timeBill",
        [("a", hours(firm), (), True), ("b", hours(firm, employee="999"), (), True), ("c", hours(firm), (), True)],
    )
    assert [isinstance(result, Written) for result in results] == [True, False, True]
    assert firm.account.get("timeBill", external_id="b") is None


@pytest.mark.parametrize(
    ("type_name", "values", "code"),
    [
        ("customer", {"companyName": "Łódź & Söhne"}, "UNIQUE_CUST_ID_REQD"),
        ("employee", {"firstName": "Ann", "lastName": "Lee"}, "DUP_EMPL_ENTITY_NAME"),
        ("serviceSaleItem", {"itemId": "consulting", "incomeAccount": "1"}, "DUP_ITEM"),
        ("expenseCategory", {"name": "Hotel", "expenseAcct": "2"}, "DUP_RCRD"),
    ],
)
def test_a_second_record_of_the_same_name_is_refused(
    firm: Firm, type_name: str, values: dict[str, Any], code: str
) -> None:
    assert refused(firm.account.create(type_name, values)).code == code


def test_projects_of_different_customers_may_share_a_name(firm: Firm) -> None:
    other = done(firm.account.create("customer", {"companyName": "Other"}))
    done(firm.account.create("job", {"companyName": "Rollout", "parent": other.id}))
    rejection = refused(firm.account.create("job", {"companyName": "Rollout", "parent": firm.customer}))
    assert rejection.code == "UNIQUE_ENTITY_NAME_REQD"


def test_full_names_follow_parents(firm: Firm) -> None:
    parent = done(firm.account.create("department", {"name": "Delivery"}))
    child = done(firm.account.create("department", {"name": "Cloud", "parent": parent.id}))
    assert stored(firm.account, child).values["fullName"] == "Delivery : Cloud"


def test_a_customers_status_decides_its_stage(firm: Firm) -> None:
    written = done(firm.account.create("customer", {"companyName": "L", "entityStatus": "6"}))
    assert stored(firm.account, written).values["stage"] == "Lead"
    done(firm.account.update("customer", {"entityStatus": "13"}, internal_id=written.id))
    assert stored(firm.account, written).values["stage"] == "Customer"


def test_a_project_under_a_project_belongs_to_its_customer(firm: Firm) -> None:
    child = done(firm.account.create("job", {"companyName": "Phase", "parent": firm.project}))
    assert stored(firm.account, child).values["customer"] == firm.customer


def test_read_only_values_are_not_taken(firm: Firm) -> None:
    written = done(firm.account.create("customer", {"companyName": "R", "balance": Decimal(5), "stage": "Lead"}))
    values = stored(firm.account, written).values
    assert (values["balance"], values["stage"]) == (0, "Customer")


def test_a_cleared_value_is_gone_and_a_cleared_required_one_refused(firm: Firm) -> None:
    done(firm.account.update("customer", {"phone": "1"}, internal_id=firm.customer))
    done(firm.account.update("customer", {}, internal_id=firm.customer, nulls=["phone"]))
    found = firm.account.get("customer", internal_id=firm.customer)
    assert found is not None
    assert "phone" not in found.values
    rejection = refused(firm.account.update("customer", {"companyName": None}, internal_id=firm.customer))
    assert rejection.message == "Please enter value(s) for: Company Name"


def test_what_does_not_exist_cannot_be_changed_or_deleted(firm: Firm) -> None:
    for rejection in (
        refused(firm.account.update("customer", {}, internal_id="999")),
        refused(firm.account.delete("customer", external_id="nobody")),
    ):
        assert rejection.code == "RCRD_DSNT_EXIST"
        assert f"scompid={firm.account.id}" in rejection.message


def test_what_others_refer_to_cannot_be_deleted(firm: Firm) -> None:
    assert refused(firm.account.delete("customer", internal_id=firm.customer)).code == "CANT_DELETE_CHILD_RCRD_FOUND"
    done(firm.account.delete("projectTask", internal_id=firm.task))
    done(firm.account.delete("job", internal_id=firm.project))
    done(firm.account.delete("customer", internal_id=firm.customer))


def test_a_new_external_id_takes_the_place_of_the_old(firm: Firm) -> None:
    done(firm.account.update("customer", {}, internal_id=firm.customer, new_external_id="c-9"))
    assert firm.account.get("customer", external_id="c-1") is None
    assert firm.account.get("customer", external_id="C-9") is not None
    rejection = refused(firm.account.update("customer", {}, internal_id=firm.customer, new_external_id="e-1"))
    assert rejection.code == "DUP_RCRD"


# --- permissions ---


def test_a_role_writes_only_what_it_may(firm: Firm) -> None:
    role = Role(id="1", name="Time", permissions={"TRAN_TIMEBILL": CREATE, "LIST_CUSTJOB": VIEW})
    written = done(firm.account.create("timeBill", hours(firm), role=role))
    rejection = refused(firm.account.update("timeBill", {"memo": "x"}, internal_id=written.id, role=role))
    assert rejection.code == "INSUFFICIENT_PERMISSION"
    assert "'Transactions -> Track Time'" in rejection.message
    assert refused(firm.account.create("customer", {"companyName": "X"}, role=role)).code == "INSUFFICIENT_PERMISSION"
    role.permissions["TRAN_TIMEBILL"] = EDIT
    done(firm.account.update("timeBill", {"memo": "x"}, internal_id=written.id, role=role))
    assert refused(firm.account.delete("timeBill", internal_id=written.id, role=role)).code == "INSUFFICIENT_PERMISSION"


def test_periods_cannot_be_written_through_a_door(firm: Firm) -> None:
    assert refused(firm.account.create("accountingPeriod", {"periodName": "X"})).code == "RCRD_UNEDITABLE"


# --- lengths ---


def test_texts_that_are_too_long_are_refused(firm: Firm) -> None:
    account = firm.account
    nick = Field(name="custentity_nick", kind=Kind.TEXT, column="custentity_nick", label="Nick")
    account.add_custom_field(["customer"], nick)
    person = {"isPerson": True, "firstName": "Ä" * 32, "lastName": "B", "subsidiary": firm.subsidiary}
    for name, longest in (("lastName", 32), ("comments", 4000), ("custentity_nick", 300)):
        rejection = refused(account.create("customer", person | {name: "x" * (longest + 1)}))
        words = f"The field {name.lower()} contained more than the maximum number ( {longest} ) of characters allowed."
        assert (rejection.code, rejection.message, rejection.field) == ("EXCEEDED_MAX_FIELD_LENGTH", words, name)
    row = {"category": firm.category, "amount": Decimal(1), "memo": "x" * 4001}
    rejection = refused(account.create("expenseReport", {"entity": firm.employee, "expense": [row]}))
    assert (rejection.code, rejection.path) == ("EXCEEDED_MAX_FIELD_LENGTH", "expense.items[0].memo")
    assert stored(account, account.add("customer", entityId="x" * 200)).values["entityId"] == "x" * 200
