"""The custom fields of the NetSuite account."""
