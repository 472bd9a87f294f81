"""`mentor-bot people`: erase a person, import the organisation's list."""
