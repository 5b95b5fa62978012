"""A NetSuite account behind token-based authentication: reading by SuiteQL over REST, writing by SOAP."""
