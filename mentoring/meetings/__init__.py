"""Meetings: the log, finding times, and planned meetings (D1.9, D1.13, D1.14, D1.16)."""
