"""The form of a schedule, with its next times and what became of the newest ones."""
