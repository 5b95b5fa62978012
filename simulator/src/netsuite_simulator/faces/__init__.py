"""The doors of the account: what speaks HTTP."""
