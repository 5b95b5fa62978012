"""The framework's settings, addresses and application object: configuration, no behavior."""
