"""What an administrator adds at run time is known at every door at once, and stays; every change through a door is noted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from simulator.tests.firms import Firm, RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.customizations import CustomField, CustomizationError, CustomKind, Group, custom_field
from netsuite_simulator.schemas.fields import Choice, Kind

CERTIFICATE, SKILL = "customrecord_certificate", "customlist_skill"


def customize(account: Account) -> None:
    """Give an account a custom list, a custom record type with fields, and a custom field on employees."""
    account.add_custom_list(SKILL, "Skill", ["Welding", "Diving"])
    account.add_custom_record_type(CERTIFICATE, "Certificate")
    fields = {
        "custrecord_holder": (CustomKind.LIST, "employee"),
        "custrecord_skill": (CustomKind.LIST, SKILL),
        "custrecord_fee": (CustomKind.CURRENCY, ""),
        "custrecord_until": (CustomKind.DATE, ""),
    }
    for script_id, (kind, target) in fields.items():
        account.add_custom_field([CERTIFICATE], custom_field(script_id, kind, select_from=target), kind=kind)
    level = custom_field(
        "custentity_level",
        CustomKind.LIST,
        select_from=(Choice(id="1", label="Junior"), Choice(id="2", label="Senior")),
    )
    account.add_custom_field(["employee"], level, kind=CustomKind.LIST)


def test_a_custom_record_travels_through_every_door(firm: Firm, client: RestClient) -> None:
    customize(firm.account)
    sent = {
        "name": "C-1",
        "externalId": "cert-1",
        "custrecord_holder": {"id": firm.employee},
        "custrecord_skill": {"id": "2"},
        "custrecord_fee": 12.5,
        "custrecord_until": "2027-01-31",
    }
    created = client.records("POST", CERTIFICATE, sent)
    assert created.status_code == 204, created.text
    read = client.records("GET", f"{CERTIFICATE}/1").json()
    assert (read["name"], read["custrecord_fee"], read["custrecord_until"]) == ("C-1", 12.5, "2027-01-31")
    assert read["custrecord_skill"]["refName"] == "Diving"
    assert read["custrecord_holder"]["refName"] == "Ann Lee"
    query = f"SELECT name, custrecord_fee, BUILTIN.DF(custrecord_skill) AS skill FROM {CERTIFICATE}"
    found = client.send("POST", "/services/rest/query/v1/suiteql", {"q": query}, headers={"Prefer": "transient"}).json()
    assert [(row["name"], row["custrecord_fee"], row["skill"]) for row in found["items"]] == [("C-1", "12.5", "Diving")]
    changed = client.records("PATCH", f"{CERTIFICATE}/eid:cert-1", {"custrecord_fee": 20})
    assert changed.status_code == 204
    assert account_value(firm.account, "custrecord_fee") == Decimal(20)
    wrong = client.records("POST", CERTIFICATE, {"name": "C-2", "custrecord_skill": {"id": "99"}})
    assert wrong.status_code == 400


def account_value(account: Account, name: str) -> object:
    stored = account.get(CERTIFICATE, external_id="cert-1")
    assert stored is not None
    return stored.values[name]


def test_customizations_stay_with_the_account(tmp_path: Path) -> None:
    state = str(tmp_path / "state.db")
    account = Account(state_file=state)
    customize(account)
    account.add(CERTIFICATE, name="C-1", custrecord_fee=Decimal(3))
    account.close()
    again = Account(state_file=state)
    assert [one.script_id for one in again.customizations][:2] == [SKILL, CERTIFICATE]
    stored = again.get(CERTIFICATE, internal_id="1")
    assert stored is not None
    assert stored.values["custrecord_fee"] == Decimal(3)
    groups = {one.script_id: one.group for one in again.customizations if isinstance(one, CustomField)}
    assert (groups["custrecord_fee"], groups["custentity_level"]) == (Group.RECORD, Group.ENTITY)
    assert again.types["employee"].fields[-1].kind is Kind.CHOICE
    again.close()


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda account: account.add_custom_record_type("certificate"), "begins with customrecord"),
        (lambda account: account.add_custom_list("customlist Skill"), "is no script id"),
        (lambda account: account.add_custom_list(SKILL) and account.add_custom_list(SKILL), "already"),
        (lambda account: account.add_custom_field(["nothing"], custom_field("custentity_x", CustomKind.DATE)), "no record type"),
        (lambda account: account.add_custom_field(["customer"], custom_field("level", CustomKind.DATE)), "script id"),
        (
            lambda account: account.add_custom_field(
                ["customer"], custom_field("custentity_x", CustomKind.LIST, select_from="nowhere")
            ),
            "no record type nowhere",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_refused_and_changes_nothing(account: Account, what: Any, said: str) -> None:
    before = set(account.types)
    with pytest.raises(CustomizationError, match=said):
        what(account)
    assert set(account.types) - before <= {SKILL}


def test_changes_through_a_door_are_noted_and_edits_of_the_world_are_not(firm: Firm, client: RestClient) -> None:
    assert client.records("PATCH", f"employee/{firm.employee}", {"phone": "030 1234"}).status_code == 204
    assert client.records("PATCH", f"employee/{firm.employee}", {"phone": "030 5678"}).status_code == 204
    firm.account.bump("employee", firm.employee, phone="0")
    query = (
        "SELECT type, field, oldvalue, newvalue, context, role FROM systemnote "
        f"WHERE recordid = {firm.employee} ORDER BY date"
    )
    found = client.send("POST", "/services/rest/query/v1/suiteql", {"q": query}, headers={"Prefer": "transient"}).json()
    told = [(row["type"], row["field"], row.get("oldvalue"), row["newvalue"]) for row in found["items"]]
    assert told == [("Set", "phone", None, "030 1234"), ("Change", "phone", "030 1234", "030 5678")]
    assert {row["context"] for row in found["items"]} == {"RESTWEBSERVICES"}
