"""What people see to themselves: their password, their sessions, their tokens."""
