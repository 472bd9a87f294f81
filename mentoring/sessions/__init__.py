"""Information sessions and orientations, and who comes to them."""
