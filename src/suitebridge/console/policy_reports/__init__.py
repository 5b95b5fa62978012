"""What browsers report that the content security policy kept from happening (quality.md S43)."""
