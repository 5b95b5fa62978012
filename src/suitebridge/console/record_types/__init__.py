"""The record types of the workspace."""
