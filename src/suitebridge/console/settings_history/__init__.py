"""Who changed what about the connector."""
