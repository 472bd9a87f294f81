"""What people tell the programme: the form, the button that opens it, and what owners read."""
