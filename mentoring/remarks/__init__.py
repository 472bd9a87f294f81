"""Remarks: what people who take part tell the programme on any day, with their name or without it (D0.21)."""
