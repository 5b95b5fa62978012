"""Administration of the NetSuite connection."""
