"""The ground floor's other half: the protocols NetSuite speaks, as pure functions from values to bytes and back.

No sockets, clock or randomness, and nothing of the domain: a record here is a description that its caller made.
"""
