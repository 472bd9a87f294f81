"""What goes to the app: payloads, and the three ways they travel."""
