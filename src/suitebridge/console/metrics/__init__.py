"""How the traffic with NetSuite goes, for machines."""
