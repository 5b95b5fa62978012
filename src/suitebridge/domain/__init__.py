"""The ground floor: what a transfer is, decided without I/O, clock, randomness or framework."""
