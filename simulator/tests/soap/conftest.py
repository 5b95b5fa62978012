"""The SOAP door behind real loopback HTTP, a client that signs and speaks by hand, and NetSuite's schemas if present."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from simulator.tests.oracles import netsuite_schema, violations

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.schemas.fields import Choice, Field, Kind
from netsuite_simulator.tokens import Credentials

VERSION = "2025_2"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NAMESPACES = {
    "soapenv": SOAP,
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "core": f"urn:core_{VERSION}.platform.webservices.netsuite.com",
    "msgs": f"urn:messages_{VERSION}.platform.webservices.netsuite.com",
    "faults": f"urn:faults_{VERSION}.platform.webservices.netsuite.com",
    "common": f"urn:common_{VERSION}.platform.webservices.netsuite.com",
    "listRel": f"urn:relationships_{VERSION}.lists.webservices.netsuite.com",
    "listEmp": f"urn:employees_{VERSION}.lists.webservices.netsuite.com",
    "listAcct": f"urn:accounting_{VERSION}.lists.webservices.netsuite.com",
    "actSched": f"urn:scheduling_{VERSION}.activities.webservices.netsuite.com",
    "tranEmp": f"urn:employees_{VERSION}.transactions.webservices.netsuite.com",
    "tranSales": f"urn:sales_{VERSION}.transactions.webservices.netsuite.com",
}
NOW = datetime(2026, 5, 18, 17, 0, 0, tzinfo=UTC)


@dataclass(slots=True)
class Reply:
    """One answer: HTTP status and parsed envelope."""

    status: int
    root: etree._Element

    def all(self, path: str) -> list[etree._Element]:
        return list(self.root.iterfind(f".//{path}", NAMESPACES))

    def one(self, path: str) -> etree._Element:
        (found,) = self.all(path)
        return found

    def text(self, path: str) -> str | None:
        return self.one(path).text

    def texts(self, path: str) -> list[str | None]:
        return [element.text for element in self.all(path)]

    @property
    def codes(self) -> list[str | None]:
        """The code of each record's status, None where it succeeded."""
        names = {"writeResponse", "readResponse"}
        responses = [element for element in self.root.iter() if etree.QName(element).localname in names]
        return [
            response.findtext("core:status/core:statusDetail/core:code", None, NAMESPACES) for response in responses
        ]

    @property
    def fault(self) -> tuple[str, str | None]:
        """The fault element's local name ("" where the detail has none) and its code."""
        detail = self.one("detail")
        inner = [element for element in detail if etree.QName(element).namespace == NAMESPACES["faults"]]
        if not inner:
            return "", None
        return etree.QName(inner[0]).localname, inner[0].findtext("faults:code", None, NAMESPACES)


@dataclass(slots=True)
class Client:
    """Signs and sends envelopes written by hand, as no library of ours would."""

    account: Account
    port: int
    credentials: Credentials
    schema: etree.XMLSchema | None
    nonces: int = 0
    changes: dict[str, str] = field(default_factory=dict)

    def passport(self, **changes: str) -> str:
        self.nonces += 1
        given = self.credentials
        values = {
            "account": given.account_id,
            "consumerKey": given.consumer_key,
            "token": given.token_id,
            "nonce": f"nonce{self.nonces:015d}",
            "timestamp": str(int(self.account.clock.timestamp())),
            **self.changes,
            **changes,
        }
        order = ("account", "consumerKey", "token", "nonce", "timestamp")
        message = "&".join(quote(values[name], safe="~") for name in order)
        key = f"{quote(given.consumer_secret)}&{quote(given.token_secret)}"
        digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
        signature = values.get("signature", base64.b64encode(digest).decode())
        children = "".join(f"<core:{name}>{values[name]}</core:{name}>" for name in order)
        algorithm = values.get("algorithm", "HMAC-SHA256")
        signed = f'<core:signature algorithm="{algorithm}">{signature}</core:signature>'
        return f"<msgs:tokenPassport>{children}{signed}</msgs:tokenPassport>"

    def envelope(self, body: str, headers: str) -> bytes:
        declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope {declared}><soapenv:Header>{headers}'
            f"</soapenv:Header><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
        ).encode()

    def send(self, body: str, *, headers: str = "", passport: str | None = None, version: str = VERSION) -> Reply:
        """Send one operation; `passport` None signs, "" leaves the passport out."""
        signed = self.passport() if passport is None else passport
        return self.post(self.envelope(body, signed + headers), version=version)

    def post(self, content: bytes, *, version: str = VERSION) -> Reply:
        status, answer = self.raw(content, version=version)
        root = etree.fromstring(answer)
        assert violations(self.schema, root) == []
        return Reply(status, root)

    def raw(self, content: bytes, *, version: str = VERSION) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": "operation"}
            connection.request("POST", f"/services/NetSuitePort_{version}", content, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def record(self, soap_type: str, fields: str, **ids: str) -> str:
        """Write a record element of a type such as "tranEmp:TimeBill"."""
        given = "".join(f' {name}="{value}"' for name, value in ids.items())
        return f'<msgs:record xsi:type="{soap_type}"{given}>{fields}</msgs:record>'

    def ref(self, record_type: str, **ids: str) -> str:
        given = "".join(f' {name}="{value}"' for name, value in ids.items())
        return f'<msgs:baseRef xsi:type="core:RecordRef" type="{record_type}"{given}/>'


@pytest.fixture(scope="session")
def netsuite_folder() -> Path:
    """The folder with NetSuite's own WSDL and XSDs."""
    folder = os.environ.get("NETSUITE_SCHEMAS")
    if not folder:
        pytest.skip("NETSUITE_SCHEMAS names no folder with NetSuite's WSDL and XSDs")
    return Path(folder)


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema | None:
    return netsuite_schema()


@pytest.fixture
def account() -> Iterator[Account]:
    """A small firm: one of each record a time bill or an expense report needs."""
    account = Account()
    account.clock.freeze(NOW)
    account.add_custom_field(
        ["timeBill"], Field(name="custcol_note", kind=Kind.TEXT, column="custcol_note", label="Note")
    )
    account.add_custom_field(
        ["customer"],
        Field(
            name="custentity_tier",
            kind=Kind.CHOICE,
            column="custentity_tier",
            label="Tier",
            choices=(Choice(id="1", label="Gold"), Choice(id="2", label="Silver")),
        ),
    )
    for name, kind in (
        ("custentity_size", Kind.INTEGER),
        ("custentity_score", Kind.DECIMAL),
        ("custentity_since", Kind.DATE),
        ("custentity_motto", Kind.TEXT),
    ):
        account.add_custom_field(["customer"], Field(name=name, kind=kind, column=name, label=name))
    account.add_custom_field(
        ["customer"],
        Field(
            name="custentity_teams",
            kind=Kind.REFERENCES,
            column="custentity_teams",
            label="Teams",
            refers_to=("department",),
        ),
    )
    furnish(account)
    yield account
    account.close()


def furnish(account: Account) -> None:
    account.add("currency", internal_id=1, name="US Dollar", symbol="USD", exchangeRate=Decimal(1), isBaseCurrency=True)
    account.add("currency", internal_id=2, name="Euro", symbol="EUR", exchangeRate=Decimal("1.08"))
    account.add("subsidiary", internal_id=1, name="Parent", country="US", currency="1")
    account.add("department", internal_id=1, name="Delivery")
    account.add("department", internal_id=2, name="Berlin", parent="1")
    account.add("account", internal_id=50, acctName="Fees", acctNumber="4000", acctType="Income")
    account.add("account", internal_id=51, acctName="Travel", acctNumber="6000", acctType="Expense")
    account.add(
        "accountingPeriod",
        internal_id=7,
        periodName="May 2026",
        startDate=datetime(2026, 5, 1, tzinfo=UTC).date(),
        endDate=datetime(2026, 5, 31, tzinfo=UTC).date(),
    )
    account.add("expenseCategory", internal_id=4, name="Taxi", expenseAcct="51")
    account.add("serviceSaleItem", internal_id=12, itemId="Consulting", incomeAccount="50", external_id="item-a")
    account.add("servicePurchaseItem", internal_id=13, itemId="Subcontracting", expenseAccount="51")
    account.add("employee", internal_id=20, entityId="Ann Lee", firstName="Ann", lastName="Lee", subsidiary="1")
    account.add("customer", internal_id=30, entityId="Acme", companyName="Acme", subsidiary="1", external_id="cust-1")
    account.add("job", internal_id=40, entityId="P-1", companyName="Build", parent="30", subsidiary="1")
    account.add("projectTask", internal_id=60, title="Design", company="40", estimatedWork=Decimal(80))


@pytest.fixture
def port(account: Account) -> Iterator[int]:
    """Serve the account on a free port of the loopback interface."""
    with serving(account) as running:
        yield int(running.url.rpartition(":")[2])


@pytest.fixture
def client(account: Account, port: int, schema: etree.XMLSchema | None) -> Client:
    return Client(account, port, account.tokens.issue(account.id), schema)
