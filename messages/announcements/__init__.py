"""The communication plan: its texts, its page, and the form of one entry."""
