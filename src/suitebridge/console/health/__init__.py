"""Whether the server answers, for machines."""
