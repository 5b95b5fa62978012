"""Settings of the connector."""
