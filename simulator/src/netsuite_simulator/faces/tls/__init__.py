"""The account under NetSuite's own names: certificates of an own authority, and a proxy that leads to them."""

from netsuite_simulator.faces.tls.authority import Authority
from netsuite_simulator.faces.tls.handshakes import contexts, is_unknown
from netsuite_simulator.faces.tls.proxy import Proxy

__all__ = ["Authority", "Proxy", "contexts", "is_unknown"]
