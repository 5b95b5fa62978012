"""Second floor: what administrators decide. Knows ports and the domain; never a record type, never the catalog."""
