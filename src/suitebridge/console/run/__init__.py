"""One run: progress, counts, sums and errors."""
