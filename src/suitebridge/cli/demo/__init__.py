"""The parts of `suitebridge demo`: its data directory, the simulator beside it, and what it shows at its end."""
