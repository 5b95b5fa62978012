"""The Credentials page: what signs in to NetSuite, and who runs act as."""
