"""The guide to NetSuite's side, inside the console."""
