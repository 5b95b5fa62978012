"""Durable execution of runs: DBOS Transact in production, a memory twin for tests of the use cases."""
