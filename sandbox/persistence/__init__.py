"""The workspace kept in a file, so that it is there again at the next start."""
