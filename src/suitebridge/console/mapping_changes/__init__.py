"""What a draft changes, before it is saved as a whole."""
