"""NetSuite's REST web services: SuiteQL, problem documents, system end points."""
