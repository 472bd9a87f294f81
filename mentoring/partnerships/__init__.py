"""Partnerships and their scheduled jobs."""
