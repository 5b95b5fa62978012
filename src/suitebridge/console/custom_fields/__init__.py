"""The custom fields of the workspace: their list and the form of one."""
