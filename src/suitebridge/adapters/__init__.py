"""Third floor: the outside world behind the ports. Each adapter ignores the others; only bootstrap knows them all."""
