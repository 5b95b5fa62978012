"""The form of a workflow group."""
