"""Saves the workspace in a file and restores it at the next start."""
