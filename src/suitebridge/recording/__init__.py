"""Second floor: use cases of the workspace's own records. They work for every record type and name none."""
