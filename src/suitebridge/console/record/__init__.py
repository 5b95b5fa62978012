"""One record and its audit trail."""
