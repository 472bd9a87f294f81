"""A mentee's own plan and goals, and with which partners they are shared."""
