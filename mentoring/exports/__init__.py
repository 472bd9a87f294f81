"""The data of a programme as tables, for its owners."""
