"""search and searchMoreWithId, criterion by criterion."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

DAY = "2026-05-{:02d}T00:00:00.000-07:00"


@pytest.fixture
def hours(account: Any) -> None:
    """Twelve time bills of Ann's, one a day from May 1, an hour longer each, modified an hour apart."""
    for number in range(1, 13):
        account.clock.advance(3600)
        account.add(
            "timeBill",
            external_id=f"t-{number}",
            internal_id=1000 + number,
            employee="20",
            tranDate=datetime.date(2026, 5, number),
            customer="40" if number % 2 else None,
            item="12" if number % 2 else None,
            hours=Decimal(number),
            isBillable=number > 6,
            memo=f"Work {number}%" if number < 10 else None,
            timeType="A" if number < 12 else "P",
            approvalStatus="3" if number < 3 else "1",
            custcol_note="even" if number % 2 == 0 else "odd",
        )


def criterion(name: str, operator: str | None, *values: str, second: str = "", predefined: str = "") -> str:
    given = f' operator="{operator}"' if operator else ""
    inner = f"<core:predefinedSearchValue>{predefined}</core:predefinedSearchValue>" if predefined else ""
    inner += "".join(f"<core:searchValue>{value}</core:searchValue>" for value in values)
    inner += f"<core:searchValue2>{second}</core:searchValue2>" if second else ""
    return f"<common:{name}{given}>{inner}</common:{name}>"


def among(name: str, operator: str, *ids: str, kind: str = "internalId") -> str:
    inner = "".join(f'<core:searchValue {kind}="{one}"/>' for one in ids)
    return f'<common:{name} operator="{operator}">{inner}</common:{name}>'


def search(client: Any, criteria: str, search_type: str = "tranEmp:TimeBillSearch", preferences: str = "") -> Any:
    prefix = search_type.partition(":")[0]
    record = (
        f'<msgs:searchRecord xsi:type="{search_type}"><{prefix}:basic>{criteria}</{prefix}:basic></msgs:searchRecord>'
    )
    headers = f"<msgs:searchPreferences>{preferences}</msgs:searchPreferences>" if preferences else ""
    return client.send(f"<msgs:search>{record}</msgs:search>", headers=headers)


def found(reply: Any) -> list[int]:
    return [int(record.get("internalId")) - 1000 for record in reply.all("core:record")]


CASES = [
    (criterion("memo", "contains", "work 1"), [1]),
    (criterion("memo", "contains", "%"), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    (criterion("memo", "doesNotContain", "Work"), [10, 11, 12]),
    (criterion("memo", "startsWith", "WORK 2"), [2]),
    (criterion("memo", "is", "work 3%"), [3]),
    (criterion("memo", "isNot", "Work 3%"), [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    (criterion("memo", "empty"), [10, 11, 12]),
    (criterion("memo", "notEmpty"), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    (criterion("memo", "hasKeywords", "5% work"), [5]),
    (criterion("duration", "equalTo", "3"), [3]),
    (criterion("duration", "between", "3", second="5.5"), [3, 4, 5]),
    (criterion("duration", "notBetween", "2", second="12"), [1]),
    (criterion("duration", "greaterThan", "10"), [11, 12]),
    (criterion("duration", "notGreaterThan", "2"), [1, 2]),
    (criterion("duration", "lessThanOrEqualTo", "2"), [1, 2]),
    (criterion("duration", "notEmpty"), list(range(1, 13))),
    (criterion("billable", None, "true"), [7, 8, 9, 10, 11, 12]),
    (criterion("billable", None, "false"), [1, 2, 3, 4, 5, 6]),
    (criterion("date", "on", DAY.format(4)), [4]),
    (criterion("date", "notOn", DAY.format(4)), [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]),
    (criterion("date", "onOrBefore", DAY.format(2)), [1, 2]),
    (criterion("date", "before", DAY.format(2)), [1]),
    (criterion("date", "after", DAY.format(11)), [12]),
    (criterion("date", "notAfter", DAY.format(2)), [1, 2]),
    (criterion("date", "within", DAY.format(3), second=DAY.format(5)), [3, 4, 5]),
    (criterion("date", "within", predefined="lastMonth"), []),
    (criterion("date", "within", predefined="thisMonth"), list(range(1, 13))),
    (criterion("date", "empty"), []),
    (criterion("lastModified", "onOrAfter", "2026-05-18T20:00:00.000-07:00"), [10, 11, 12]),
    (criterion("lastModified", "after", "2026-05-18T20:00:00.000-07:00"), [11, 12]),
    (criterion("lastModified", "on", "2026-05-18T00:00:00.000-07:00"), list(range(1, 13))),
    (criterion("lastModified", "notWithin", predefined="yesterday"), list(range(1, 13))),
    (among("employee", "anyOf", "20"), list(range(1, 13))),
    (among("employee", "noneOf", "20"), []),
    (among("customer", "anyOf", "@NONE@"), [2, 4, 6, 8, 10, 12]),
    (among("customer", "noneOf", "@NONE@"), [1, 3, 5, 7, 9, 11]),
    (among("item", "anyOf", "item-A", kind="externalId"), [1, 3, 5, 7, 9, 11]),
    (among("item", "anyOf", "unknown", kind="externalId"), []),
    (among("approvalStatus", "anyOf", "3"), [1, 2]),
    (criterion("type", "anyOf", "_plannedTime"), [12]),
    (criterion("type", "noneOf", "_plannedTime"), list(range(1, 12))),
    (among("internalId", "anyOf", "1003", "1001", "77"), [1, 3]),
    (among("externalId", "anyOf", "T-5", "t-7", kind="externalId"), [5, 7]),
    (criterion("internalIdNumber", "greaterThan", "1010"), [11, 12]),
    (criterion("externalIdString", "startsWith", "t-1"), [1, 10, 11, 12]),
    (criterion("billable", None, "true") + criterion("duration", "lessThan", "9"), [7, 8]),
    ("", list(range(1, 13))),
]


@pytest.mark.usefixtures("hours")
@pytest.mark.parametrize(("criteria", "expected"), CASES)
def test_criteria_of_a_time_bill_search(client: Any, criteria: str, expected: list[int]) -> None:
    reply = search(client, criteria)
    assert found(reply) == expected
    assert reply.text("core:totalRecords") == str(len(expected))


@pytest.mark.usefixtures("hours")
def test_custom_fields_can_be_searched(client: Any) -> None:
    custom = (
        '<common:customFieldList><core:customField xsi:type="core:SearchStringCustomField" scriptId="custcol_note" '
        'operator="is"><core:searchValue>even</core:searchValue></core:customField></common:customFieldList>'
    )
    assert found(search(client, custom)) == [2, 4, 6, 8, 10, 12]


REFUSED = [
    (criterion("memo", "sounds", "x"), "WS_INVALID_SEARCH_OPERATN"),
    (criterion("duration", "contains", "1"), "WS_INVALID_SEARCH_OPERATN"),
    (criterion("duration", "equalTo", "much"), "INVALID_SEARCH_VALUE"),
    (criterion("duration", "between", "1"), "INVALID_SEARCH_VALUE"),
    (criterion("date", "on", "2026-05-04"), "INVALID_SEARCH_VALUE"),
    (criterion("date", "within", predefined="someDay"), "INVALID_SEARCH_VALUE"),
    (criterion("billable", None, "maybe"), "INVALID_SEARCH_VALUE"),
    (criterion("memo", "is"), "INVALID_SEARCH_VALUE"),
    (criterion("exempt", None, "true"), "INVALID_SEARCH_FIELD_NAME"),
    (among("employee", "is", "20"), "WS_INVALID_SEARCH_OPERATN"),
    (among("internalId", "anyOf", "x1"), "INVALID_SEARCH_VALUE"),
]


@pytest.mark.parametrize(("criteria", "code"), REFUSED)
def test_criteria_that_cannot_be_answered(client: Any, criteria: str, code: str) -> None:
    reply = search(client, criteria)
    assert reply.status == 200
    assert reply.one("core:status").get("isSuccess") == "false"
    assert reply.text("core:code") == code


@pytest.mark.usefixtures("hours")
def test_pages_by_search_id(client: Any, account: Any) -> None:
    first = search(client, "", preferences="<msgs:pageSize>5</msgs:pageSize>")
    assert found(first) == [1, 2, 3, 4, 5]
    assert (first.text("core:totalPages"), first.text("core:pageIndex"), first.text("core:pageSize")) == ("3", "1", "5")
    search_id = first.text("core:searchId")

    def more(index: int) -> Any:
        inner = f"<msgs:searchId>{search_id}</msgs:searchId><msgs:pageIndex>{index}</msgs:pageIndex>"
        return client.send(f"<msgs:searchMoreWithId>{inner}</msgs:searchMoreWithId>")

    assert found(more(3)) == [11, 12]
    account.delete("timeBill", internal_id="1001")
    assert found(more(2)) == [7, 8, 9, 10, 11], "the search runs anew, rows shift"
    assert more(4).text("core:code") == "INVALID_SEARCH_PAGE_INDEX"
    assert more(0).text("core:code") == "INVALID_SEARCH_PAGE_INDEX"
    account.clock.advance(14 * 60)
    assert found(more(1)) == [2, 3, 4, 5, 6]
    account.clock.advance(14 * 60)
    assert more(1).text("core:pageIndex") == "1", "use keeps a search alive"
    account.clock.advance(16 * 60)
    assert more(1).text("core:code") == "INVALID_JOB_ID"


def test_an_unknown_search_id(client: Any) -> None:
    body = "<msgs:searchMoreWithId><msgs:searchId>x</msgs:searchId><msgs:pageIndex>1</msgs:pageIndex></msgs:searchMoreWithId>"
    assert client.send(body).text("core:code") == "INVALID_JOB_ID"


@pytest.mark.parametrize("size", ["4", "1001", "0", "-5"])
def test_page_sizes_outside_five_to_a_thousand(client: Any, size: str) -> None:
    reply = search(client, "", preferences=f"<msgs:pageSize>{size}</msgs:pageSize>")
    assert reply.text("core:code") == "INVALID_SEARCH_PAGE_SIZE"


def test_an_empty_result_has_no_record_list(client: Any) -> None:
    reply = search(client, "")
    assert (reply.text("core:totalRecords"), reply.text("core:totalPages")) == ("0", "0")
    assert reply.all("core:recordList") == []


@pytest.fixture
def transactions(account: Any) -> None:
    day = datetime.date(2026, 5, 6)
    line = {"category": "4", "amount": Decimal(5), "expenseDate": day}
    account.add("expenseReport", internal_id=1001, entity="20", tranDate=day, expense=[line, dict(line)])
    items = [{"item": "12", "quantity": Decimal(2), "rate": "100", "amount": Decimal(200)}]
    account.add("invoice", internal_id=1002, entity="30", tranDate=day, currency="1", item=items, tranId="INV-1")
    account.add("invoice", internal_id=1003, entity="30", tranDate=day, currency="2", item=items, memo="second")


@pytest.mark.usefixtures("transactions")
@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ("", [1, 2, 3]),
        (criterion("type", "anyOf", "_invoice"), [2, 3]),
        (criterion("type", "anyOf", "_expenseReport", "_invoice"), [1, 2, 3]),
        (criterion("type", "noneOf", "_invoice"), [1]),
        (criterion("type", "anyOf", "_salesOrder"), []),
        (among("entity", "anyOf", "30"), [2, 3]),
        (among("currency", "anyOf", "2"), [3]),
        (criterion("tranId", "is", "inv-1"), [2]),
        (criterion("memoMain", "is", "second"), [3]),
        (criterion("tranDate", "on", "2026-05-06T00:00:00.000-07:00"), [1, 2, 3]),
    ],
)
def test_transactions_of_all_kinds(client: Any, criteria: str, expected: list[int]) -> None:
    main_lines = criterion("mainLine", None, "true")
    assert sorted(found(search(client, criteria + main_lines, "tranSales:TransactionSearch"))) == expected


@pytest.mark.usefixtures("transactions")
def test_without_main_line_a_transaction_is_found_once_per_line(client: Any) -> None:
    def lines(criteria: str, preferences: str = "") -> list[int]:
        reply = search(client, criteria, "tranSales:TransactionSearch", preferences)
        return sorted(found(reply))

    assert lines("") == [1, 1, 1, 2, 2, 3, 3]
    assert lines(criterion("mainLine", None, "false")) == [1, 1, 2, 3]
    assert lines(among("entity", "anyOf", "30")) == [2, 2, 3, 3]
    reply = search(client, "", "tranSales:TransactionSearch", "<msgs:pageSize>5</msgs:pageSize>")
    assert (reply.text("core:totalRecords"), len(found(reply))) == ("7", 5)
    assert search(client, criterion("mainLine", None), "tranSales:TransactionSearch").text("core:code")


@pytest.mark.usefixtures("transactions")
def test_sublists_come_only_when_asked_for(client: Any) -> None:
    wanted = criterion("type", "anyOf", "_expenseReport") + criterion("mainLine", None, "true")
    without = search(client, wanted, "tranSales:TransactionSearch")
    assert without.all("tranEmp:expenseList") == []
    preferences = "<msgs:bodyFieldsOnly>false</msgs:bodyFieldsOnly>"
    assert len(search(client, wanted, "tranSales:TransactionSearch", preferences).all("tranEmp:expense")) == 2


@pytest.mark.usefixtures("transactions")
def test_pages_run_across_record_types(client: Any, account: Any) -> None:
    for number in range(4, 9):
        account.add("invoice", internal_id=1000 + number, entity="30", tranDate=datetime.date(2026, 5, 7))
    main_lines = criterion("mainLine", None, "true")
    first = search(client, main_lines, "tranSales:TransactionSearch", "<msgs:pageSize>5</msgs:pageSize>")
    more = (
        f"<msgs:searchMoreWithId><msgs:searchId>{first.text('core:searchId')}</msgs:searchId>"
        "<msgs:pageIndex>2</msgs:pageIndex></msgs:searchMoreWithId>"
    )
    assert sorted(found(first) + found(client.send(more))) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_items_by_kind(client: Any) -> None:
    def items(criteria: str) -> list[str | None]:
        return search(client, criteria, "listAcct:ItemSearch").texts("listAcct:itemId")

    assert sorted(str(one) for one in items(criterion("type", "anyOf", "_service"))) == ["Consulting", "Subcontracting"]
    assert items(criterion("subType", "anyOf", "_forPurchase")) == ["Subcontracting"]
    assert items(criterion("type", "anyOf", "_kit")) == []
    assert items(criterion("itemId", "startsWith", "cons")) == ["Consulting"]


def test_department_names_are_hierarchical(client: Any) -> None:
    def names(criteria: str) -> list[str | None]:
        return search(client, criteria, "listAcct:DepartmentSearch").texts("listAcct:name")

    assert names(criterion("name", "is", "Delivery : Berlin")) == ["Berlin"]
    assert names(criterion("nameNoHierarchy", "is", "berlin")) == ["Berlin"]
    assert names(criterion("name", "is", "Berlin")) == []


def test_searches_that_are_not_there(client: Any) -> None:
    assert search(client, "", "listRel:PartnerSearch").text("core:code") == "INVALID_SEARCH_TYPE"
    joined = (
        '<msgs:search><msgs:searchRecord xsi:type="tranEmp:TimeBillSearch"><tranEmp:chargeJoin/></msgs:searchRecord>'
        "</msgs:search>"
    )
    assert client.send(joined).text("core:code") == "INVALID_SEARCH_JOIN_ID"


def test_a_basic_search_without_its_wrapper(client: Any) -> None:
    record = '<msgs:searchRecord xsi:type="common:CustomerSearchBasic"/>'
    assert client.send(f"<msgs:search>{record}</msgs:search>").texts("listRel:entityId") == ["Acme"]


def test_searching_needs_the_record_types_permission(client: Any, account: Any) -> None:
    account.roles.connector.permissions.pop("TRAN_TIMEBILL")
    assert search(client, "").text("core:code") == "INSUFFICIENT_PERMISSION"
