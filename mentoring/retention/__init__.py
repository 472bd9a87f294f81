"""How long data is kept, and what is deleted when."""
