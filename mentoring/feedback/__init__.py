"""Check-ins and closing surveys: what people answer in confidence, and what owners see of it (D1.8, D1.23, D2.10)."""
