"""What owners do about a partnership, as they see it in the list, and as the two people read it."""
