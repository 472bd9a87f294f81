"""Partnerships: a value with its verbs, and its scheduled jobs."""
