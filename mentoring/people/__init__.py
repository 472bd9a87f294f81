"""Absences of people, and the import of the organisation's staff list."""
