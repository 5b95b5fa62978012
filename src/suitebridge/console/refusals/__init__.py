"""Pages that say why there is nothing to see."""
