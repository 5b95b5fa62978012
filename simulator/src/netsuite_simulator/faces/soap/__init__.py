"""The SOAP 2025.2 door of the simulated account."""

from netsuite_simulator.faces.soap.door import routes

__all__ = ["routes"]
