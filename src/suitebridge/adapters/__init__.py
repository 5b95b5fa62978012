"""Third floor: what the ports are made of. Each adapter ignores the others."""
