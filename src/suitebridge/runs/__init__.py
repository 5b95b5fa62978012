"""Second floor: carrying runs out. Knows stations and ports; never a record type, never the catalog."""
