"""Benchmarks: how fast the connector is beside a plain client, in one run on one machine. Never imported by the product."""
