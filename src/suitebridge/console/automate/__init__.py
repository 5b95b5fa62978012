"""What runs by itself: schedules and workflow groups."""
