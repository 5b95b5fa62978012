"""The versions of the configuration: compared, restored, approved."""
