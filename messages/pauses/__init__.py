"""What people read and fill in about the pause of one partnership."""
