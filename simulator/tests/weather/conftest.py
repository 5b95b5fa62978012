"""The firm's account by SOAP too, with a client that signs by hand."""

from __future__ import annotations

import pytest
from simulator.tests.firms import Firm
from simulator.tests.soap.conftest import Client

from netsuite_simulator.faces.server import Running


@pytest.fixture
def soap(firm: Firm, running: Running) -> Client:
    """A SOAP client of the firm's account."""
    account = firm.account
    return Client(account, int(running.url.rpartition(":")[2]), account.tokens.issue(account.id), None)


def vendors(firm: Firm, client: Client, *ids: str) -> str:
    """Upsert vendors with these external ids."""
    fields = f'<listRel:companyName>{{}}</listRel:companyName><listRel:subsidiary internalId="{firm.subsidiary}"/>'
    records = "".join(client.record("listRel:Vendor", fields.format(one), externalId=one) for one in ids)
    return f"<msgs:upsertList>{records}</msgs:upsertList>"
