"""Seals secrets before they are stored: the master key, and envelopes that open only in their own place."""
