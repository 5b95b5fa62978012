"""The WSDL and the schemas of the SOAP door, made from the account's own record types."""

from netsuite_simulator.faces.soap.wsdl.documents import routes

__all__ = ["routes"]
