"""Folders of exports: each row ends created, updated, skipped or refused, with the line and the reason."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.loading import (
    LoadError,
    LoadReport,
    Refusal,
    Skip,
    TableReport,
    company_folder,
    company_names,
    load_folder,
)

CURRENCIES = "id,name,symbol,exchangerate\n1,US Dollar,USD,1\n2,Euro,EUR,1.1\n"


@pytest.fixture
def account() -> Account:
    return Account()


def load(account: Account, folder: Path, **files: str | bytes) -> LoadReport:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return load_folder(account, folder)


def outcome(table: TableReport) -> tuple[int, int, int, int]:
    return table.created, table.updated, table.skipped, table.refused


def test_ids_change_dates_and_kinds_are_kept(account: Account, tmp_path: Path) -> None:
    rows = (
        "id,externalid,entityid,companyname,isinactive,creditlimit,searchstage,lastmodifieddate,currency,subsidiary\n"
        '1388,CRM-7,Jess,"Best, & ""Co""",T,1000.50,Lead,2017-05-09 6:07:26,2,1\n'
    )
    report = load(account, tmp_path, customer=rows, currency=CURRENCIES)
    assert (report.created, report.updated, report.skipped, report.refused) == (3, 0, 0, 0)
    stored = account.get("customer", external_id="crm-7")
    assert stored is not None
    assert stored.id == "1388"
    expected = {
        "companyName": 'Best, & "Co"',
        "isInactive": True,
        "creditLimit": Decimal("1000.5"),
        "stage": "Lead",
        "lastModifiedDate": datetime(2017, 5, 9, 13, 7, 26, tzinfo=UTC),
        "subsidiary": "1",
    }
    assert {name: stored.values[name] for name in expected} == expected
    assert account.add("customer", companyName="Next").id == "1389"


def test_byte_order_mark_crlf_and_quoted_line_breaks(account: Account, tmp_path: Path) -> None:
    content = '\ufeffID, Name ,Symbol\r\n1,"US\r\nDollar",USD\r\n\r\n2,Złoty,PLN\r\n3,Yen\r\n'
    report = load(account, tmp_path, currency=content.encode())
    [table] = report.tables
    assert outcome(table) == (2, 0, 0, 1)
    assert table.refusals == [Refusal(line=6, reason="the row has 2 cells and the header 3")]
    assert [account.names_of("currency", ["1", "2"])[number] for number in ("1", "2")] == ["US\r\nDollar", "Złoty"]


def test_a_second_load_updates_what_differs_and_skips_the_rest(account: Account, tmp_path: Path) -> None:
    rows = (
        "id,entityid,companyname,email,lastmodifieddate,subsidiary\n5,A,A,a@x.example,2024-01-01 8:00:00,1\n6,B,B,,,1\n"
    )
    load(account, tmp_path, vendor=rows)
    changed = rows.replace("a@x.example", "").replace("8:00:00", "9:30:00")
    [table] = load(account, tmp_path, vendor=changed).tables
    assert outcome(table) == (0, 1, 1, 0)
    assert table.skips == [Skip(line=3, reason="the account has it already, the same")]
    stored = account.get("vendor", internal_id="5")
    assert stored is not None
    assert "email" not in stored.values
    assert stored.values["lastModifiedDate"] == datetime(2024, 1, 1, 17, 30, tzinfo=UTC)


def test_older_and_deleted_versions_are_skipped(account: Account, tmp_path: Path) -> None:
    rows = (
        "id,_fivetran_deleted,_fivetran_active,date_deleted,name,symbol\n"
        "1,FALSE,TRUE,,Euro,EUR\n1,FALSE,FALSE,,Old Euro,EUR\n2,TRUE,TRUE,,Mark,DEM\n3,F,T,2020-01-01,Franc,FRF\n"
    )
    [table] = load(account, tmp_path, currency=rows).tables
    assert outcome(table) == (1, 0, 3, 0)
    assert [(skip.line, skip.reason.split()[1]) for skip in table.skips] == [(3, "older"), (4, "record"), (5, "record")]
    assert account.names_of("currency", ["1"]) == {"1": "Euro"}


def test_bad_cells_refuse_their_row_alone(account: Account, tmp_path: Path) -> None:
    rows = (
        "id,name,symbol,exchangerate,isinactive,lastmodifieddate\n"
        "1,A,AAA,one,F,\n2,B,BBB,1,perhaps,\n3,C,CCC,1,F,yesterday\nx,D,DDD,1,F,\n5,E,EEE,1,F,2026-01-02\n"
    )
    [table] = load(account, tmp_path, currency=rows).tables
    assert outcome(table) == (1, 0, 0, 4)
    assert [(one.line, one.reason.split(":")[0]) for one in table.refusals[:3]] == [
        (2, "column exchangerate"),
        (3, "column isinactive"),
        (4, "column lastmodifieddate"),
    ]
    assert table.refusals[3] == Refusal(line=5, reason="'x' is no internal id, which is a whole number")


def test_notes_name_unknown_columns_choices_and_dangling_references(account: Account, tmp_path: Path) -> None:
    rows = "id,name,country,currency,parent,mystery,name\n1,Parent,XX,1,,?,Parent\n2,Child,DE,9,1,?,Child\n"
    [currency, subsidiary] = sorted(
        load(account, tmp_path, subsidiary=rows, currency=CURRENCIES).tables, key=lambda t: t.table
    )
    assert currency.notes == []
    assert subsidiary.created == 2
    text = "\n".join(subsidiary.notes)
    assert "columns that the account does not have were not read: mystery" in text
    assert "column name stands more than once" in text
    assert "column country: 'XX' is none of" in text
    assert "left unset (1 row, on line 2)" in text
    assert "column currency refers to 1 record that is not loaded: 9" in text


def test_multiple_references_that_lead_nowhere_are_kept_and_told(account: Account, tmp_path: Path) -> None:
    rows = 'id,name,subsidiary\n1,Sales,"1, 3, 4"\n'
    [table] = load(account, tmp_path, department=rows).tables
    assert table.notes == ["column subsidiary refers to 3 records that are not loaded: 1, 3, 4"]
    stored = account.get("department", internal_id="1")
    assert stored is not None
    assert stored.values["subsidiaryList"] == ("1", "3", "4")


def test_items_find_their_type(account: Account, tmp_path: Path) -> None:
    rows = (
        "id,itemid,itemtype,subtype,incomeaccount,expenseaccount\n"
        "1,Consulting,Service,Sale,10,\n2,Freelance,Service,,,20\n3,Resold,Service,,10,20\n4,Plain,Service,,10,\n5,Chair,InvtPart,,10,20\n6,Paid,Payment,Sale,10,20\n"
    )
    [table] = load(account, tmp_path, item=rows).tables
    assert outcome(table) == (5, 0, 0, 1)
    assert "the account holds no record of itemtype Payment, subtype Sale" in table.refusals[0].reason
    types = ("serviceSaleItem", "servicePurchaseItem", "serviceResaleItem", "serviceSaleItem", "inventoryItem")
    for number, name in enumerate(types, start=1):
        assert account.get(name, internal_id=str(number)) is not None


TRANSACTIONS = (
    "id,type,entity,trandate,currency,tranid\n"
    "70,CustInvc,5,2026-02-03 0:00:00,1,INV7\n71,ExpRept,6,2/4/2026,1,ER1\n72,VendBill,7,2026-02-05,1,B1\n73,Deposit,7,2026-02-05,1,D1\n"
    "74,CustPymt,5,2026-02-05,1,P1\n"
)
LINES = (
    "id,transaction,mainline,taxline,item,quantity,rate,foreignamount,netamount,memo,category\n"
    "0,70,T,F,,,,30,30,,\n1,70,F,F,9,2,10,20,20,First,\n2,70,F,F,9,1,10,10,10,Second,\n3,70,F,T,,,,1,1,,\n"
    "1,71,F,F,,1,5,5,5,Taxi,3\n1,72,F,F,9,,,,,,\n2,72,F,F,,,,7,,,3\n1,73,F,F,,,,,,,\n1,74,F,F,,,,,,,\n1,,F,F,,,,,,,\n"
)


def test_lines_belong_to_their_transactions(account: Account, tmp_path: Path) -> None:
    report = load(account, tmp_path, transaction=TRANSACTIONS, transaction_line=LINES)
    transactions, lines = report.tables
    assert outcome(transactions) == (4, 0, 0, 1)
    assert "the account holds no record of type Deposit; it holds" in transactions.refusals[0].reason
    assert (lines.table, outcome(lines)) == ("transactionline", (5, 0, 3, 2))
    bill = account.get("vendorBill", internal_id="72")
    assert bill is not None
    lists: Any = bill.values
    assert [lists[name][0]["line"] for name in ("item", "expense")] == [1, 1]
    assert [skip.reason for skip in lines.skips] == [
        "the main line is the transaction itself",
        "tax lines are computed",
        "a customer payment keeps what it is applied to, and no lines",
    ]
    assert [one.line for one in lines.refusals] == [9, 11]
    invoice = account.get("invoice", internal_id="70")
    assert invoice is not None
    rows = invoice.values["item"]
    assert isinstance(rows, list)
    assert [(row["description"], row["quantity"], row["amount"]) for row in rows] == [
        ("First", Decimal(2), Decimal(20)),
        ("Second", Decimal(1), Decimal(10)),
    ]
    report_again = load_folder(account, tmp_path)
    assert (report_again.created, report_again.updated) == (0, 0)
    changed = LINES.replace("Second", "Changed")
    [_, lines] = load(account, tmp_path, transaction_line=changed).tables
    assert outcome(lines)[1] == 2


def test_an_entitys_subsidiary_comes_from_its_own_table(account: Account, tmp_path: Path) -> None:
    customers = "id,entityid,companyname\n5,A,A\n6,B,B\n"
    relations = "id,entity,isprimarysub,subsidiary\n1,5,T,2\n2,5,F,3\n3,6,T,\n4,99,T,2\n"
    report = load(account, tmp_path, customer=customers, customer_subsidiary_relationship=relations)
    table = report.tables[-1]
    assert outcome(table) == (1, 1, 0, 2)
    stored = account.get("customer", internal_id="5")
    assert stored is not None
    assert stored.values["subsidiary"] == "2"
    assert outcome(load_folder(account, tmp_path).tables[-1]) == (0, 0, 2, 2)


def test_tables_the_account_does_not_have_are_skipped(account: Account, tmp_path: Path) -> None:
    [table] = load(account, tmp_path, netsuite2_fiscal_calendar_data="id,rate\n1,2\n2,3\n").tables
    assert (table.table, outcome(table)) == ("fiscalcalendar", (0, 0, 2, 0))
    assert table.skips[0].reason == "the account has no table fiscalcalendar"


def test_a_taken_id_and_a_taken_external_id_are_refused(account: Account, tmp_path: Path) -> None:
    customers = "id,externalid,entityid,companyname\n5,X,A,A\n"
    vendors = "id,externalid,entityid,companyname\n5,,V,V\n6,x,W,W\n"
    report = load(account, tmp_path, customer=customers, vendor=vendors)
    refused = {table.table: [one.reason for one in table.refusals] for table in report.tables}
    assert refused["vendor"] == [] or refused["customer"] == []
    assert sum(map(len, refused.values())) == 1 + (refused["vendor"] != [])


def test_rows_without_an_id_are_found_by_external_id_or_new(account: Account, tmp_path: Path) -> None:
    rows = "externalid,entityid,companyname\nA-1,A,A\n,B,B\n"
    [table] = load(account, tmp_path, customer=rows).tables
    assert outcome(table) == (2, 0, 0, 0)
    [table] = load(account, tmp_path, customer="externalid,entityid,companyname\na-1,A,New\n").tables
    assert outcome(table) == (0, 0, 0, 1)
    assert "external ids are not changed by a load" in table.refusals[0].reason


def test_a_subfolder_of_the_netsuite_side_is_taken(account: Account, tmp_path: Path) -> None:
    (tmp_path / "netsuite").mkdir()
    (tmp_path / "netsuite" / "currency.csv").write_text(CURRENCIES)
    (tmp_path / "workspace.csv").write_text("key\n1\n")
    assert [table.file for table in load_folder(account, tmp_path).tables] == ["currency.csv"]


def test_folders_that_cannot_be_loaded_say_why(account: Account, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="There is no folder"):
        load_folder(account, tmp_path / "nowhere")
    with pytest.raises(LoadError, match=r"holds no CSV file\. Name each file after its table"):
        load_folder(account, tmp_path)
    with pytest.raises(LoadError, match="is not UTF-8"):
        load(account, tmp_path, currency="id,näme\n".encode("latin-1"))


def test_rows_that_are_no_text_are_refused(account: Account, tmp_path: Path) -> None:
    content = b"id,name,symbol\n1,Euro,EUR\n2,Z\xb3oty,PLN\n3,Yen,JPY\n"
    [table] = load(account, tmp_path, currency=content).tables
    assert outcome(table) == (2, 0, 0, 1)
    assert table.refusals == [Refusal(line=3, reason="the row is not UTF-8 text; save the export as UTF-8")]
    content = b'id,name,symbol\n1,Euro,EUR\n2,"' + b"x" * 10_000_001 + b'",PLN\n'
    [table] = load(account, tmp_path, currency=content).tables
    assert outcome(table) == (0, 0, 1, 1)
    assert "the file cannot be read from here on" in table.refusals[0].reason


def test_an_empty_file_is_no_trouble(account: Account, tmp_path: Path) -> None:
    [table] = load(account, tmp_path, currency=b"").tables
    assert (outcome(table), table.rows) == ((0, 0, 0, 0), 0)


def test_the_report_tells_itself(account: Account, tmp_path: Path) -> None:
    report = load(account, tmp_path, currency="id,name,symbol,what\n1,Euro,EUR,\nx,Yen,JPY,\n", nothing="id\n1\n2\n")
    assert report.lines() == [
        "currency.csv: 1 created, 0 updated, 0 skipped, 1 refused",
        "  line 3 refused: 'x' is no internal id, which is a whole number",
        "  columns that the account does not have were not read: what",
        "nothing.csv: 0 created, 0 updated, 2 skipped, 0 refused",
        "  skipped, the account has no table nothing: 2 rows, the first on line 2",
    ]


def test_companies_by_name_and_by_folder(tmp_path: Path) -> None:
    assert company_names() == ["consultancy"]
    assert (company_folder("consultancy") / "customer.csv").is_file()
    assert company_folder(str(tmp_path)) == tmp_path
    with pytest.raises(LoadError, match=r"no company and no folder named acme\. Shipped companies: consultancy"):
        company_folder("acme")


@pytest.mark.skipif("NETSUITE_SCHEMAS" not in os.environ, reason="NETSUITE_SCHEMAS names no folder of NetSuite's files")
def test_real_exports_load(account: Account) -> None:
    folder = Path(os.environ["NETSUITE_SCHEMAS"]).parent / "netsuite2-sample"
    report = load_folder(account, folder)
    assert len(report.tables) == len(list(folder.glob("*.csv")))
    assert report.created > 30
    for table in report.tables:
        text = (folder / table.file).read_text(encoding="utf-8")
        assert table.rows == len([line for line in text.split("\n")[1:] if line.strip()])
    again = load_folder(account, folder)
    assert (again.created, again.updated, again.refused) == (0, 0, report.refused)
