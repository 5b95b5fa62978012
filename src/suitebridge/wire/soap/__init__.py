"""SuiteTalk SOAP 2025.2: envelopes, faults, and one file per operation."""
