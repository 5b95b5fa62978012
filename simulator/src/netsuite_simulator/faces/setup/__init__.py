"""The account's pages in the browser: setup, access and records, as the guides send an administrator through them.

Server-rendered, without scripts, in a look of our own; menu words as NetSuite's help uses them.
"""

from netsuite_simulator.faces.setup.doors import routes

__all__ = ["routes"]
