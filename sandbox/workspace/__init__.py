"""The state of the workspace. Callers hold its lock."""
