"""The address without a page of its own."""
