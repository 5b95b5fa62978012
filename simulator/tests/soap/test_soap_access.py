"""Features and a role's restrictions, as the SOAP door says them."""

from __future__ import annotations

from typing import Any

import pytest

from netsuite_simulator.features import Feature
from netsuite_simulator.permissions import connector_permissions
from netsuite_simulator.roles import Employees

SEARCH = '<msgs:search><msgs:searchRecord xsi:type="common:EmployeeSearchBasic"></msgs:searchRecord></msgs:search>'


def test_features_that_are_off(client: Any, account: Any) -> None:
    account.features.disable(Feature.DEPARTMENTS)
    departments = f"<msgs:getList>{client.ref('department', internalId='1')}{client.ref('customer', internalId='30')}</msgs:getList>"
    assert client.send(departments).codes == ["FEATURE_DISABLED", None]
    account.features.disable(Feature.SOAP_WEB_SERVICES)
    assert client.send("<msgs:getServerTime/>").fault == ("insufficientPermissionFault", "WS_FEATURE_REQD")


@pytest.mark.parametrize("employee", ["20", "21"])
def test_a_restricted_role_reads_and_finds_its_own(client: Any, account: Any, employee: str) -> None:
    account.add("employee", internal_id=21, entityId="Bo Ng", firstName="Bo", lastName="Ng", subsidiary="1")
    role = account.roles.add("Own", connector_permissions(), employees=Employees.OWN)
    user = account.users.add("own@example.com", entity=employee)
    token = account.tokens.add(account.integrations.add("Own"), role, user=user.email)
    client.credentials = account.tokens.credentials(account.id, token)
    references = client.ref("employee", internalId="20") + client.ref("employee", internalId="21")
    denied = [None if number == employee else "INSUFFICIENT_PERMISSION" for number in ("20", "21")]
    assert client.send(f"<msgs:getList>{references}</msgs:getList>").codes == denied
    reply = client.send(SEARCH)
    assert reply.text("core:totalRecords") == "1"
    assert reply.one("core:record").get("internalId") == employee
