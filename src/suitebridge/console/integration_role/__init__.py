"""The least role that the integration needs in NetSuite, as a list to work through."""
