"""People's API tokens: what each opens, when it was last used, and a new one, shown once."""
