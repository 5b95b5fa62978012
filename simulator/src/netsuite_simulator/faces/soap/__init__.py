"""The SOAP door of the simulated account: its endpoints, and the WSDL that tells of them."""

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.soap import door, wsdl


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the addresses of the endpoints, the WSDL and its schemas."""
    return [*door.routes(accounts), *wsdl.routes(accounts)]
