"""Programme settings and the life cycle of cohorts."""
