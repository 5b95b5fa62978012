"""Real-time transfer: what is exported when it is saved, and what NetSuite pushes."""
