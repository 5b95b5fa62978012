"""The list of workflows, in the order in which a run carries them out."""
