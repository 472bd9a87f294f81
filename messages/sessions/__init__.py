"""What people read of information sessions and orientations."""
