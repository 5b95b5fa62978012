"""Files, folders, notes and messages over SOAP: kept as records, found by searches, attached to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from requests import Session
from simulator.tests.soap.zeep_client import Zeep, load_zeep


@pytest.fixture
def soap(client: Any, schema: etree.XMLSchema | None) -> Iterator[Zeep]:
    with Session() as session:
        session.trust_env = False
        made = load_zeep(client, f"http://127.0.0.1:{client.port}/wsdl/v2025_2_0/netsuite.wsdl", schema, session)
        yield made
    assert made.problems() == []


def added(soap: Zeep, record: Any) -> str:
    response = soap.call("add", record)["body"]["writeResponse"]
    assert response["status"]["isSuccess"] is True, response["status"]
    number: str = response["baseRef"]["internalId"]
    return number


def refusal(soap: Zeep, record: Any) -> tuple[str, str]:
    detail = soap.call("add", record)["body"]["writeResponse"]["status"]["statusDetail"][0]
    return detail["code"], detail["message"]


def test_a_file_lies_in_a_folder_and_keeps_its_content(soap: Zeep, account: Any) -> None:
    folder = soap.ref(internalId=added(soap, soap.record("folder", name="Receipts")))
    assert refusal(soap, soap.record("folder", name="Receipts"))[0] == "DUP_RCRD"
    content = bytes(range(256))
    given = {"name": "receipt.pdf", "fileType": "_PDF", "content": content, "folder": folder}
    number = added(soap, soap.record("file", **given))
    read = soap.call("get", soap.ref(internalId=number, type="file"))["body"]["readResponse"]["record"]
    assert (read["content"], read["fileSize"], read["folder"]["name"]) == (content, 256, "Receipts")
    assert refusal(soap, soap.record("file", **given))[0] == "DUP_RCRD"
    assert refusal(soap, soap.record("file", name="x"))[1] == "Please enter value(s) for: Content, Folder"
    account_answer = account.create("file", {"name": "y", "folder": folder.internalId, "content": "no base64!"})
    assert account_answer.field == "content"

    space = soap.names.by_prefix["docFileCab"]
    basic = soap.type(soap.names.by_prefix["platformCommon"], "FileSearchBasic")
    text = soap.type(soap.names.core, "SearchStringField")(searchValue="RECEIPT.pdf", operator="is")
    found = soap.call("search", soap.type(space, "FileSearch")(basic=basic(name=text)))["body"]["searchResult"]
    assert [one["internalId"] for one in found["recordList"]["record"]] == [number]


def test_notes_and_messages_belong_to_their_records(soap: Zeep, account: Any) -> None:
    kind = soap.record(
        "note", title="Call", note="They agreed.", direction="_incoming", entity=soap.ref(internalId="30")
    )
    note = added(soap, kind)
    sent = {"subject": "Invoice", "message": "x" * 5000, "recipientEmail": "a@example.com"}
    assert refusal(soap, soap.record("message", **sent | {"subject": "x" * 5000}))[0] == "EXCEEDED_MAX_FIELD_LENGTH"
    message = added(soap, soap.record("message", **sent | {"message": "x"}, author=soap.ref(internalId="20")))
    stored = account.get("note", internal_id=note).values
    assert (stored["entity"], stored["direction"]) == ("30", "INCOMING")
    rows = account.connection.execute("SELECT author FROM message WHERE id = ?", (message,)).fetchall()
    assert rows == [(20,)]
