"""The queue of notifications, and what was not delivered."""
