"""The form of a workflow of the company's own."""
