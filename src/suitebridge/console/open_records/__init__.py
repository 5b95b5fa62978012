"""What runs left open."""
