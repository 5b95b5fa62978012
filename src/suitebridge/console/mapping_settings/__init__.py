"""The settings of one workflow."""
