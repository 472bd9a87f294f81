"""What people read and fill in: words, messages, and forms beside their readers."""
