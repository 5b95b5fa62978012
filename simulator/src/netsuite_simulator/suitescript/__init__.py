"""SuiteScript of an SDF project, run as it is in a JavaScript engine over the simulated account (reference §7)."""
