"""The audit trail of the company."""
