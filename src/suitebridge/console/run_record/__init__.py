"""One record of a run."""
