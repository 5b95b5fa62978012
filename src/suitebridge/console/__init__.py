"""The console: one folder per page, each with its views, its page values and its template."""
