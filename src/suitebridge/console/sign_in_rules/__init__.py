"""How long sessions live, and who needs a second factor."""
