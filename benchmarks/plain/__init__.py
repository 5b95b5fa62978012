"""Plain clients to compare with: what a script without claims, trail and outcomes would do. They share no code with the connector."""
