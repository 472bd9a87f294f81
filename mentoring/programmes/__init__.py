"""Programmes: cohorts and settings."""
