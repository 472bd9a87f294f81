"""Help in confidence: a person asks one other person, and nobody else learns of it (D1.22)."""
