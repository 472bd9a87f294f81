"""Help in confidence: the form, what those who were asked read, and the button that opens the form."""
