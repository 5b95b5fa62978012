"""Durable execution of runs by DBOS Transact."""
