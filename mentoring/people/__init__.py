"""People: absences, and the organisation's list."""
