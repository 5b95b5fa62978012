"""A NetSuite account behind token-based authentication: reading by SuiteQL over REST, writing by SOAP."""

from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.logins import Logins
from suitebridge.adapters.netsuite.signing import Signer

__all__ = ["Hosts", "Line", "Logins", "Signer", "TokenGateway"]
