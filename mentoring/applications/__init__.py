"""Applications: what may be sent, and what becomes of it."""
