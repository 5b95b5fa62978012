"""Who is notified, and what became of each message."""
