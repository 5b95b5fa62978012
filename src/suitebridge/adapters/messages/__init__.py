"""Messages that leave the house to tell people and their programs."""
