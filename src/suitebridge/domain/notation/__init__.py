"""Other forms of workflows: what files, the console and the settings history hold. Each form reads back to the same value."""
