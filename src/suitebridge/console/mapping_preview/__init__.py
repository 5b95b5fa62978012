"""One real record through a mapping, before anything is sent."""
